package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
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

/** A graph of a model: the main one, or one within a node. */
final class GraphReader {
  private static final int MOST_NODES = 1_000_000;

  private final OpsetImports imports;
  private final Arena arena;
  private final Scope scope;
  private final Map<String, ValueInfoProto> declared = new HashMap<>();

  private GraphReader(OpsetImports imports, Arena arena, Scope scope) {
    this.imports = imports;
    this.arena = arena;
    this.scope = scope;
  }

  /**
   * The main graph, its types inferred, its weights in memory of an arena. Errors: see {@link
   * ModelReader#read}.
   */
  static Graph main(GraphProto proto, OpsetImports imports, Arena arena) {
    var reader = new GraphReader(imports, arena, new Scope(Subgraphs.names(proto)));
    reader.initializers(proto);
    return reader.read(proto, reader.inputs(proto));
  }

  /**
   * A graph within a node.
   *
   * @param formal what the node gives to its inputs, where that is known
   * @param captured what it takes from the graphs around it
   */
  GraphBody body(GraphProto proto, List<ValueType> formal, List<Value> captured) {
    var inner = new GraphReader(imports, arena, scope.inner());
    inner.initializers(proto);
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < proto.getInputCount(); i++) {
      ValueInfoProto input = proto.getInput(i);
      Optional<ValueType> given = i < formal.size() ? Optional.of(formal.get(i)) : Optional.empty();
      ValueType type = given.or(() -> type(input, "input")).orElseGet(UnknownType::new);
      inputs.add(inner.scope.define(input.getName(), type));
    }
    for (Value value : captured) {
      inputs.add(inner.scope.define(value.name(), scope.known(value.name()).orElseThrow()));
    }
    return new GraphBody(inner.read(proto, inputs), captured.size());
  }

  private Graph read(GraphProto proto, List<Value> inputs) {
    if (proto.getNodeCount() > MOST_NODES) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the graph has " + proto.getNodeCount() + " nodes, more than " + MOST_NODES);
    }
    proto.getValueInfoList().forEach(info -> declared.put(info.getName(), info));
    proto.getOutputList().forEach(info -> declared.put(info.getName(), info));
    Set<String> outputNames = new HashSet<>();
    proto.getOutputList().forEach(output -> outputNames.add(output.getName()));
    var reader = new NodeReader(imports, scope, this::declaredType, this::body);
    List<Node> nodes = new ArrayList<>();
    for (NodeProto node : NodeOrder.sort(proto.getNodeList())) {
      nodes.addAll(read(node, reader, outputNames));
    }
    List<Value> outputs = proto.getOutputList().stream().map(this::output).toList();
    return new Graph(proto.getName(), inputs, outputs, nodes, scope.initializers(), Map.of());
  }

  private void initializers(GraphProto proto) {
    for (TensorProto tensor : proto.getInitializerList()) {
      scope.define(tensor.getName(), TensorCodec.decode(tensor, arena));
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      scope.define(tensor.getValues().getName(), SparseReader.read(tensor, arena));
    }
  }

  /** In old files initializers are inputs as well; what has a value is not asked for. */
  private List<Value> inputs(GraphProto proto) {
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
  private List<Node> read(NodeProto node, NodeReader reader, Set<String> outputNames) {
    try {
      if (!ConstantReader.isConstant(node)) {
        return reader.read(node);
      }
      DenseTensor value = ConstantReader.read(node, arena);
      String name = node.getOutput(0);
      if (outputNames.contains(name)) {
        return List.of(constantOutput(name, value));
      }
      scope.define(name, value);
      return List.of();
    } catch (SardonyxException error) {
      throw error.at(NodeOrder.place(node));
    }
  }

  /** An output must be computed, so that a constant one is copied from an initializer. */
  private Node constantOutput(String name, DenseTensor constant) {
    Value value = scope.define(scope.freshName(name + ".value"), constant);
    Value output = scope.define(name, value.type());
    return new Node(
        name, new UnaryOp.Identity(), List.of(value), List.of(output), Origin.unknown());
  }

  private Value output(ValueInfoProto info) {
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
