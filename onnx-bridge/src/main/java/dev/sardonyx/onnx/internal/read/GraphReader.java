package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.codec.TypeCodec;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The main graph of a model. */
final class GraphReader {
  private static final int MOST_NODES = 1_000_000;

  private final OpsetImports imports;
  private final Arena arena;
  private final Map<String, ValueInfoProto> declared = new HashMap<>();

  /** A reader that puts weights into memory of an arena. */
  GraphReader(OpsetImports imports, Arena arena) {
    this.imports = imports;
    this.arena = arena;
  }

  /** The graph, its types inferred. Errors: see {@link ModelReader#read}. */
  Graph read(GraphProto proto) {
    if (proto.getNodeCount() > MOST_NODES) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the graph has " + proto.getNodeCount() + " nodes, more than " + MOST_NODES);
    }
    proto.getValueInfoList().forEach(info -> declared.put(info.getName(), info));
    proto.getOutputList().forEach(info -> declared.put(info.getName(), info));
    var scope = new Scope(names(proto));
    initializers(proto, scope);
    List<Value> inputs = inputs(proto, scope);
    Set<String> outputNames = new HashSet<>();
    proto.getOutputList().forEach(output -> outputNames.add(output.getName()));
    var reader = new NodeReader(imports, scope, this::declaredType);
    List<Node> nodes = new ArrayList<>();
    for (NodeProto node : NodeOrder.sort(proto.getNodeList())) {
      read(node, reader, scope, outputNames).ifPresent(nodes::add);
    }
    List<Value> outputs =
        proto.getOutputList().stream().map(output -> output(output, scope)).toList();
    return new Graph(proto.getName(), inputs, outputs, nodes, scope.initializers(), Map.of());
  }

  private static Set<String> names(GraphProto proto) {
    Set<String> result = new HashSet<>();
    proto.getInputList().forEach(input -> result.add(input.getName()));
    proto.getInitializerList().forEach(tensor -> result.add(tensor.getName()));
    for (NodeProto node : proto.getNodeList()) {
      result.addAll(node.getInputList());
      result.addAll(node.getOutputList());
      result.addAll(Subgraphs.captures(node));
    }
    return result;
  }

  private void initializers(GraphProto proto, Scope scope) {
    for (TensorProto tensor : proto.getInitializerList()) {
      scope.define(tensor.getName(), TensorCodec.decode(tensor, arena));
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      scope.define(tensor.getValues().getName(), SparseReader.read(tensor, arena));
    }
  }

  /** In old files initializers are inputs as well; what has a value is not asked for. */
  private List<Value> inputs(GraphProto proto, Scope scope) {
    Set<String> constants = new HashSet<>(scope.initializers().keySet());
    proto.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
    List<Value> result = new ArrayList<>();
    for (ValueInfoProto input : proto.getInputList()) {
      if (constants.contains(input.getName())) {
        continue;
      }
      Optional<ValueType> type = type(input, "input");
      if (type.isEmpty() || input.getName().isEmpty()) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "input '" + input.getName() + "' needs a name and a type");
      }
      result.add(scope.define(input.getName(), type.get()));
    }
    return result;
  }

  private Optional<ValueType> declaredType(String name) {
    ValueInfoProto info = declared.get(name);
    return info == null ? Optional.empty() : type(info, "value");
  }

  private static Optional<ValueType> type(ValueInfoProto info, String role) {
    try {
      return TypeCodec.decode(info.getType());
    } catch (SardonyxException error) {
      throw new SardonyxException(
          error.code(), role + " '" + info.getName() + "': " + error.reason(), error);
    }
  }

  /** Constants become initializers, all else nodes. */
  private Optional<Node> read(
      NodeProto node, NodeReader reader, Scope scope, Set<String> outputNames) {
    try {
      if (!ConstantReader.isConstant(node)) {
        return Optional.of(reader.read(node));
      }
      DenseTensor value = ConstantReader.read(node, arena);
      String name = node.getOutput(0);
      if (outputNames.contains(name)) {
        return Optional.of(constantOutput(name, value, scope));
      }
      scope.define(name, value);
      return Optional.empty();
    } catch (SardonyxException error) {
      throw error.at(NodeOrder.place(node));
    }
  }

  /** An output must be computed, so that a constant one is copied from an initializer. */
  private static Node constantOutput(String name, DenseTensor constant, Scope scope) {
    Value value = scope.define(scope.freshName(name + ".value"), constant);
    Value output = scope.define(name, value.type());
    return new Node(
        name, new UnaryOp.Identity(), List.of(value), List.of(output), Origin.unknown());
  }

  private static Value output(ValueInfoProto info, Scope scope) {
    Value value = scope.use(info.getName());
    if (!value.isPresent()) {
      throw new SardonyxException(ErrorCode.GRAPH, "an output of the graph has no name");
    }
    return type(info, "output")
        .map(declared -> new Value(value.name(), merged(value.type(), declared)))
        .orElse(value);
  }

  /** What inference leaves open may be declared; a clash stays declared, for the checker to see. */
  private static ValueType merged(ValueType inferred, ValueType declared) {
    boolean comparable =
        inferred instanceof TensorType found
            && declared instanceof TensorType wanted
            && found.dtype() == wanted.dtype();
    if (!comparable) {
      return declared;
    }
    var found = (TensorType) inferred;
    Shape wanted = ((TensorType) declared).shape();
    if (!wanted.isKnown()) {
      return found;
    }
    if (!found.shape().isKnown() || found.rank() != wanted.rank()) {
      return declared;
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < wanted.rank(); axis++) {
      Dim dim = found.dim(axis);
      dims.add(dim instanceof Dim.Unknown ? wanted.dim(axis) : dim);
    }
    return found.withShape(Shape.of(dims));
  }
}
