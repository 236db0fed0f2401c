package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.names.FreshNames;
import dev.sardonyx.onnx.internal.opset.OperatorVersions;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.upgrade.Draft;
import dev.sardonyx.onnx.internal.upgrade.MlForms;
import dev.sardonyx.onnx.internal.upgrade.Step;
import dev.sardonyx.onnx.internal.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Nodes: into the vocabulary where it has them, else kept as they are. */
final class NodeReader {
  /** M and cond, which a Loop may be without. */
  private static final int LOOP_INPUTS = 2;

  private final ModelContext context;
  private final Scope scope;
  private final Function<String, Optional<ValueType>> declared;
  private final Bodies bodies;
  private final FreshNames names;

  /** How a graph within a node is read. */
  @FunctionalInterface
  interface Bodies {
    /** A graph, given the types of its first inputs and what it takes from around it. */
    Body read(GraphProto proto, List<ValueType> formal, List<Value> captured);
  }

  /**
   * A reader of nodes in order; the types that the file declares are for operators unknown.
   *
   * @param names for nodes
   */
  NodeReader(
      ModelContext context,
      Scope scope,
      FreshNames names,
      Function<String, Optional<ValueType>> declared,
      Bodies bodies) {
    this.context = context;
    this.scope = scope;
    this.names = names;
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

  /**
   * Reads a node, which may become several of the newest forms, and defines its outputs. Errors:
   * what is wrong with it, at the node.
   */
  List<Node> read(NodeProto proto) {
    Origin origin = OriginCodec.decode(proto);
    String name = uniqueName(proto);
    try {
      Raw node = raw(proto, name, origin);
      return known(node).orElseGet(() -> List.of(opaque(node)));
    } catch (SardonyxException error) {
      throw error.at(name + origin.source().map(line -> ", " + line).orElse(""));
    }
  }

  private Raw raw(NodeProto proto, String name, Origin origin) {
    if (proto.getOpType().isEmpty()) {
      throw new SardonyxException(ErrorCode.FORMAT, "the node has no op_type");
    }
    if (proto.getOutputList().stream().allMatch(String::isEmpty)) {
      throw new SardonyxException(
          ErrorCode.FORMAT, proto.getOpType() + " has at least one output with a name, found none");
    }
    int opset = context.imports().version(OpsetImports.domain(proto.getDomain()));
    List<Value> own = proto.getInputList().stream().map(scope::use).toList();
    List<Value> captured = Subgraphs.captures(proto).stream().map(scope::use).toList();
    List<ValueType> formal = FormalTypes.of(proto, opset, own);
    Attributes attributes =
        AttributeCodec.decode(
            InlineAttributes.of(proto.getAttributeList(), context.memory()),
            graph -> bodies.read(graph, formal, captured));
    List<Value> inputs = new ArrayList<>(own);
    while (proto.getOpType().equals("Loop") && inputs.size() < LOOP_INPUTS) {
      inputs.add(Value.absent()); // left out at the end, where captures stand here
    }
    inputs.addAll(captured);
    return new Raw(name, origin, proto, opset, attributes, inputs);
  }

  /** Node names may be missing or repeat in a file; in a graph they tell nodes apart. */
  private String uniqueName(NodeProto proto) {
    String given = proto.getName();
    if (given.isEmpty()) {
      given = proto.getOutputList().stream().filter(o -> !o.isEmpty()).findFirst().orElse("node");
    }
    return names.of(given);
  }

  /** The nodes of the vocabulary that mean what this one does; empty where there are none. */
  private Optional<List<Node>> known(Raw node) {
    NodeProto proto = node.proto();
    List<Optional<Inputs.Input>> given =
        node.inputs().stream()
            .map(input -> scope.known(input.name()).filter(known -> !isUnknown(known)))
            .toList();
    var step =
        new Step(
            "",
            proto.getOpType(),
            node.attributes(),
            node.inputs().stream().map(Value::name).toList(),
            withoutTrailingAbsent(proto.getOutputList()));
    var draft =
        new Draft(
            step,
            context.producer(),
            node.opset(),
            given,
            stem -> scope.freshName(node.name() + "." + stem));
    if (node.domain().isEmpty()) {
      Upgrade.apply(draft);
    } else if (node.domain().equals(MlOp.DOMAIN)) {
      MlForms.apply(draft);
    }
    return new StepTyping(node.domain(), scope, draft.constants(), this::type)
        .type(draft.steps())
        .map(
            typed -> {
              draft.constants().forEach(scope::define);
              return typed.stream().map(each -> define(node, each)).toList();
            });
  }

  private Node define(Raw node, StepTyping.Typed typed) {
    Step step = typed.step();
    List<Value> inputs = step.inputs().stream().map(scope::use).toList();
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < step.outputs().size(); i++) {
      String name = step.outputs().get(i);
      outputs.add(name.isEmpty() ? Value.absent() : scope.define(name, typed.outputs().get(i)));
    }
    String name =
        step.suffix().isEmpty() ? node.name() : names.of(node.name() + "." + step.suffix());
    return new Node(name, typed.op(), inputs, outputs, node.origin());
  }

  private static boolean isUnknown(Inputs.Input input) {
    return input.type() instanceof UnknownType;
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
