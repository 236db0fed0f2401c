package dev.sardonyx.ort;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OptionalOp;
import dev.sardonyx.api.op.SequenceOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds a {@link Carriage}: inputs and nodes in front of a graph, casts behind it. */
final class CarriageBuilder {
  private final Graph graph;
  private final Set<String> taken = new HashSet<>();
  private final List<Value> inputs = new ArrayList<>();
  private final List<DType> types = new ArrayList<>();
  private final List<Node> front = new ArrayList<>();
  private final List<Node> behind = new ArrayList<>();

  CarriageBuilder(Graph graph) {
    this.graph = graph;
    graph.inputs().forEach(input -> taken.add(input.name()));
    taken.addAll(graph.initializers().keySet());
    graph.nodes().forEach(node -> node.outputs().forEach(output -> taken.add(output.name())));
  }

  /** An input of a tensor under a name, by way of another type where its own cannot be made. */
  void tensor(String name, TensorType type) {
    DType carrier = OrtTypes.carrier(type.dtype());
    types.add(carrier);
    if (carrier == type.dtype()) {
      inputs.add(new Value(name, type));
      return;
    }
    var input = new Value(fresh(name), new TensorType(carrier, type.shape()));
    inputs.add(input);
    node(front, cast(type.dtype()), List.of(input), new Value(name, type));
  }

  /** Floats of 8 bits are what they were, infinities among them. */
  private static Op cast(DType to) {
    boolean saturate = !(to.isFloat() && to.bits() == 8);
    return new Cast(to, saturate, Cast.RoundMode.UP);
  }

  /** A value under a name, put together from tensors. */
  void value(String name, Data data) {
    switch (data) {
      case Tensor tensor -> tensor(name, tensor.type());
      case SequenceData sequence -> sequence(name, sequence);
      case OptionalData optional -> optional(name, optional);
      case MapData map ->
          throw new SardonyxException(ErrorCode.UNSUPPORTED, "no inputs of " + map.type());
    }
  }

  private void sequence(String name, SequenceData sequence) {
    var output = new Value(name, sequence.type());
    if (sequence.values().isEmpty()) {
      DType dtype = ((TensorType) sequence.element()).dtype(); // canBeInput takes no others
      node(front, new SequenceOp.SequenceEmpty(dtype), List.of(), output);
      return;
    }
    List<Value> parts = sequence.values().stream().map(data -> part(name, data)).toList();
    node(front, new SequenceOp.SequenceConstruct(), parts, output);
  }

  private void optional(String name, OptionalData optional) {
    var output = new Value(name, optional.type());
    if (optional.value().isEmpty()) {
      var type = Optional.of(optional.element());
      node(front, new OptionalOp.Construct(type), List.of(), output);
      return;
    }
    List<Value> parts = List.of(part(name, optional.value().get()));
    node(front, new OptionalOp.Construct(Optional.empty()), parts, output);
  }

  private Value part(String name, Data data) {
    String fresh = fresh(name);
    value(fresh, data);
    return new Value(fresh, data.type());
  }

  /** An output of the graph in a type that can be read. */
  Value result(Value output, TensorType type) {
    DType carrier = OrtTypes.carrier(type.dtype());
    var result = new Value(fresh(output.name()), new TensorType(carrier, type.shape()));
    node(behind, new Cast(carrier), List.of(output), result);
    return result;
  }

  private static void node(List<Node> target, Op op, List<Value> parts, Value output) {
    String name = output.name() + "." + op.name();
    target.add(new Node(name, op, parts, List.of(output), Origin.unknown()));
  }

  private String fresh(String stem) {
    String fresh = stem + ".carried";
    for (int i = 2; !taken.add(fresh); i++) {
      fresh = stem + ".carried" + i;
    }
    return fresh;
  }

  /** The types of the inputs so far. */
  List<DType> types() {
    return types;
  }

  /** ONNX Runtime 1.29 ends the process where it gives an optional without a value. */
  void requireValues() {
    boolean optional =
        graph.outputs().stream().anyMatch(output -> output.type() instanceof OptionalType);
    if (optional
        && Stream.concat(front.stream(), allNodes(graph)).anyMatch(CarriageBuilder::isAbsence)) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "ONNX Runtime cannot give an optional without a value, as an output of "
              + graph.name()
              + " may be");
    }
  }

  private static boolean isAbsence(Node node) {
    return node.op() instanceof OptionalOp.Construct && node.inputs().isEmpty();
  }

  private static Stream<Node> allNodes(Graph graph) {
    return graph.nodes().stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(node),
                    node.op().bodies().stream()
                        .flatMap(body -> allNodes(((GraphBody) body).graph()))));
  }

  /** The whole, with these outputs. */
  Graph build(List<Value> outputs) {
    List<Node> nodes = new ArrayList<>(front);
    nodes.addAll(graph.nodes());
    nodes.addAll(behind);
    return new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), graph.metadata());
  }
}
