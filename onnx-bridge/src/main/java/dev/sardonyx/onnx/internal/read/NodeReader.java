package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.opset.OperatorVersions;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Nodes: into the vocabulary where it has them, else kept as they are. */
final class NodeReader {
  private final OpsetImports imports;
  private final Scope scope;
  private final Function<String, Optional<ValueType>> declared;
  private final Bodies bodies;
  private final Set<String> names = new HashSet<>();

  /** How a graph within a node is read. */
  @FunctionalInterface
  interface Bodies {
    /** A graph, given the types of its first inputs and what it takes from around it. */
    Body read(GraphProto proto, List<ValueType> formal, List<Value> captured);
  }

  /** A reader of nodes in order; the types that the file declares are for operators unknown. */
  NodeReader(
      OpsetImports imports,
      Scope scope,
      Function<String, Optional<ValueType>> declared,
      Bodies bodies) {
    this.imports = imports;
    this.scope = scope;
    this.declared = declared;
    this.bodies = bodies;
  }

  /** A node half read: all but what its operator is. */
  private record Raw(
      String name,
      Origin origin,
      NodeProto proto,
      int opset,
      Attributes attributes,
      List<Value> inputs) {
    String domain() {
      return OpsetImports.domain(proto.getDomain());
    }
  }

  /** Reads a node and defines its outputs. Errors: what is wrong with it, at the node. */
  Node read(NodeProto proto) {
    Origin origin = OriginCodec.decode(proto);
    String name = uniqueName(proto);
    try {
      Raw node = raw(proto, name, origin);
      Optional<Node> known = node.domain().isEmpty() ? known(node) : Optional.empty();
      return known.orElseGet(() -> opaque(node));
    } catch (SardonyxException error) {
      throw error.at(name + origin.source().map(line -> ", " + line).orElse(""));
    }
  }

  private Raw raw(NodeProto proto, String name, Origin origin) {
    if (proto.getOpType().isEmpty()) {
      throw new SardonyxException(ErrorCode.FORMAT, "the node has no op_type");
    }
    Subgraphs.refuseExternalData(proto);
    int opset = imports.version(OpsetImports.domain(proto.getDomain()));
    List<Value> own = proto.getInputList().stream().map(scope::use).toList();
    List<Value> captured = Subgraphs.captures(proto).stream().map(scope::use).toList();
    List<ValueType> formal = FormalTypes.of(proto, own);
    Attributes attributes =
        AttributeCodec.decode(
            proto.getAttributeList(), graph -> bodies.read(graph, formal, captured));
    List<Value> inputs = new ArrayList<>(own);
    inputs.addAll(captured);
    return new Raw(name, origin, proto, opset, attributes, inputs);
  }

  /** Node names may be missing or repeat in a file; in a graph they tell nodes apart. */
  private String uniqueName(NodeProto proto) {
    String given = proto.getName();
    if (given.isEmpty()) {
      given = proto.getOutputList().stream().filter(o -> !o.isEmpty()).findFirst().orElse("node");
    }
    String unique = given;
    for (int i = 2; !names.add(unique); i++) {
      unique = given + "_" + i;
    }
    return unique;
  }

  /** The node in the vocabulary; empty where that does not have it in this form. */
  private Optional<Node> known(Raw node) {
    List<Optional<Inputs.Input>> given =
        new ArrayList<>(node.inputs().stream().map(input -> scope.known(input.name())).toList());
    var types = given.stream().map(NodeReader::knownType).toList();
    List<String> outputs = withoutTrailingAbsent(node.proto().getOutputList());
    Upgrade upgrade =
        Upgrade.of(
            node.proto().getOpType(), node.opset(), node.attributes(), types, outputs.size());
    Optional<Op> op = operator(node.proto().getOpType(), upgrade);
    if (op.isEmpty()) {
      return Optional.empty();
    }
    if (given.stream().flatMap(Optional::stream).anyMatch(NodeReader::isUnknown)) {
      return outputs.size() > 1
          ? Optional.empty()
          : Optional.of(unchecked(node, op.get(), upgrade));
    }
    for (Upgrade.Constant constant : upgrade.constants()) {
      put(
          given,
          constant.index(),
          Optional.of(GraphInference.constant(constant.tensor())),
          Optional.empty());
    }
    var in = new Inputs(op.get().name(), given);
    List<ValueType> results = infer(op.get(), in);
    if (outputs.size() > results.size()) {
      return Optional.empty();
    }
    List<Value> inputs = inputs(node, upgrade);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      var contents = i == 0 ? op.get().contents(in) : Optional.<List<Dim>>empty();
      values.add(define(outputs.get(i), new Inputs.Input(results.get(i), contents)));
    }
    return Optional.of(new Node(node.name(), op.get(), inputs, values, node.origin()));
  }

  /** Operators compute with sizes exactly; those of a hostile file may be too large for that. */
  private static List<ValueType> infer(Op op, Inputs in) {
    try {
      return op.infer(in);
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(
          ErrorCode.LIMIT, op.name() + ": a size or axis is out of range", overflow);
    }
  }

  /** The inputs with what was an attribute; those in between are absent. */
  private List<Value> inputs(Raw node, Upgrade upgrade) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    for (Upgrade.Constant constant : upgrade.constants()) {
      String name = scope.freshName(node.name() + "." + constant.name());
      put(inputs, constant.index(), scope.define(name, constant.tensor()), Value.absent());
    }
    return inputs;
  }

  private static <T> void put(List<T> list, int index, T element, T filler) {
    while (list.size() <= index) {
      list.add(filler);
    }
    list.set(index, element);
  }

  private Value define(String output, Inputs.Input input) {
    return output.isEmpty() ? Value.absent() : scope.define(output, input);
  }

  /** The vocabulary's operator; empty when it does not have it, or not with these attributes. */
  private static Optional<Op> operator(String name, Upgrade upgrade) {
    if (!upgrade.known()) {
      return Optional.empty();
    }
    try {
      return Operators.read(name, upgrade.attributes());
    } catch (SardonyxException error) {
      if (error.code() == ErrorCode.UNSUPPORTED) {
        return Optional.empty();
      }
      throw error;
    }
  }

  private static Optional<ValueType> knownType(Optional<Inputs.Input> input) {
    return input.filter(given -> !isUnknown(given)).map(Inputs.Input::type);
  }

  private static boolean isUnknown(Inputs.Input input) {
    return input.type() instanceof UnknownType;
  }

  /** A node of the vocabulary on values of unknown type: its outputs are what the file declares. */
  private Node unchecked(Raw node, Op op, Upgrade upgrade) {
    List<Value> inputs = inputs(node, upgrade);
    return new Node(node.name(), op, inputs, declaredOutputs(node.proto()), node.origin());
  }

  private List<Value> declaredOutputs(NodeProto proto) {
    List<Value> outputs = new ArrayList<>();
    for (String output : proto.getOutputList()) {
      outputs.add(output.isEmpty() ? Value.absent() : scope.define(output, type(output)));
    }
    return outputs;
  }

  private static List<String> withoutTrailingAbsent(List<String> names) {
    int size = names.size();
    while (size > 0 && names.get(size - 1).isEmpty()) {
      size--;
    }
    return names.subList(0, size);
  }

  private Node opaque(Raw node) {
    NodeProto proto = node.proto();
    int since =
        node.domain().isEmpty()
            ? OperatorVersions.since(proto.getOpType(), node.opset())
            : node.opset();
    List<Value> outputs = declaredOutputs(proto);
    List<ValueType> types = outputs.stream().map(Value::type).toList();
    var op = new Opaque(node.domain(), proto.getOpType(), since, node.attributes(), types);
    return new Node(node.name(), op, node.inputs(), outputs, node.origin());
  }

  private ValueType type(String output) {
    return declared.apply(output).orElseGet(UnknownType::new);
  }
}
