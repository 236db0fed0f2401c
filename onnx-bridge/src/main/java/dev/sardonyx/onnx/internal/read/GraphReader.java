package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.TypeCodec;
import dev.sardonyx.onnx.internal.names.FreshNames;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph of a model: the main one, or one within a node. */
final class GraphReader {
  private final ModelContext context;
  private final Scope scope;
  private final Map<String, ValueInfoProto> declared = new HashMap<>();
  private final Set<String> outputNames = new HashSet<>();
  private final FreshNames nodeNames = new FreshNames();
  private final List<Node> nodes = new ArrayList<>();
  private final Forward forward;

  private GraphReader(ModelContext context, Scope scope, List<Value> captured) {
    this.context = context;
    this.scope = scope;
    forward = new Forward(nodes, captured, context.limit());
  }

  /** The main graph, its types inferred. Errors: see {@link ModelReader#read}. */
  static Graph main(GraphProto proto, ModelContext context) {
    var reader = new GraphReader(context, new Scope(Subgraphs.names(proto)), List.of());
    reader.initializers(proto);
    return reader.read(proto, reader.inputs(proto));
  }

  /**
   * A graph within a node.
   *
   * @param bodyContext the operator sets that its nodes are written for
   * @param formal what the node gives to its inputs, where that is known
   * @param captured what it takes from the graphs around it
   */
  private GraphBody body(
      ModelContext bodyContext, GraphProto proto, List<ValueType> formal, List<Value> captured) {
    var inner = new GraphReader(bodyContext, scope.inner(), captured);
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
    proto.getValueInfoList().forEach(info -> declared.put(info.getName(), info));
    proto.getOutputList().forEach(info -> declared.put(info.getName(), info));
    proto.getOutputList().forEach(output -> outputNames.add(output.getName()));
    for (NodeProto node : NodeOrder.sort(proto.getNodeList())) {
      read(node, context);
    }
    List<Value> outputs = proto.getOutputList().stream().map(this::output).toList();
    return new Graph(proto.getName(), inputs, outputs, nodes, scope.initializers(), Map.of());
  }

  private void initializers(GraphProto proto) {
    for (TensorProto tensor : proto.getInitializerList()) {
      scope.define(tensor.getName(), context.memory().read(tensor));
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      scope.define(tensor.getValues().getName(), SparseReader.read(tensor, context.memory()));
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

  /** Constants become initializers, calls the nodes of functions, all else nodes. */
  private void read(NodeProto node, ModelContext itsContext) {
    try {
      Optional<FunctionProto> function = context.functions().called(node);
      if (function.isPresent()) {
        OpsetImports imports = itsContext.imports().of(function.get());
        for (NodeProto inner : FunctionCall.nodes(function.get(), node, scope::freshName)) {
          read(inner, itsContext.with(imports));
        }
      } else if (FlexAttention.isCalled(node) && typeOf(node).isPresent()) {
        for (FlexAttention.Part part :
            FlexAttention.parts(node, typeOf(node).get(), scope::freshName)) {
          ModelContext newest = itsContext.with(OpsetImports.newest());
          read(part.node(), part.given() ? itsContext : newest);
        }
      } else if (ConstantReader.isConstant(node)) {
        constant(node);
      } else if (GradientNames.isGradient(node)) {
        nodes.addAll(GradientReader.read(node, forward, context.limit(), scope, nodeNames));
      } else {
        nodes.addAll(reader(itsContext).read(node));
      }
    } catch (SardonyxException error) {
      throw error.at(NodeOrder.place(node));
    }
  }

  /** The element type of a node's first input, where it is known. */
  private Optional<DType> typeOf(NodeProto node) {
    return node.getInputList().stream()
        .findFirst()
        .flatMap(scope::known)
        .map(Inputs.Input::type)
        .filter(TensorType.class::isInstance)
        .map(type -> ((TensorType) type).dtype());
  }

  private NodeReader reader(ModelContext itsContext) {
    return new NodeReader(
        itsContext,
        scope,
        nodeNames,
        this::declaredType,
        (proto, formal, captured) -> body(itsContext, proto, formal, captured));
  }

  private void constant(NodeProto node) {
    DenseTensor value = ConstantReader.read(node, context.memory());
    String name = node.getOutput(0);
    if (outputNames.contains(name)) {
      nodes.add(constantOutput(name, value));
    } else {
      scope.define(name, value);
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
