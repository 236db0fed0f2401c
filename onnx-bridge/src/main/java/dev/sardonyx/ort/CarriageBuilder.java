package dev.sardonyx.ort;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Builds a {@link Carriage}: inputs and nodes in front of a graph, casts behind it. */
final class CarriageBuilder {
  private static final int SEQUENCES = 11;
  private static final int OPTIONALS = 15;

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
    List<Value> parts = new ArrayList<>();
    for (Data part : sequence.values()) {
      parts.add(part(name, part));
    }
    if (parts.isEmpty()) {
      long dtype = sequence.element() instanceof TensorType type ? type.dtype().onnxCode() : 0;
      Attributes attributes = Attributes.none().with("dtype", Attribute.of(dtype));
      opaque("SequenceEmpty", SEQUENCES, attributes, parts, new Value(name, sequence.type()));
    } else {
      opaque(
          "SequenceConstruct",
          SEQUENCES,
          Attributes.none(),
          parts,
          new Value(name, sequence.type()));
    }
  }

  private void optional(String name, OptionalData optional) {
    Data value =
        optional
            .value()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.UNSUPPORTED,
                        "input '"
                            + name
                            + "' has no value; ONNX Runtime's Java API cannot say so"));
    List<Value> parts = List.of(part(name, value));
    opaque("Optional", OPTIONALS, Attributes.none(), parts, new Value(name, optional.type()));
  }

  private Value part(String name, Data data) {
    String fresh = fresh(name);
    value(fresh, data);
    return new Value(fresh, data.type());
  }

  private void opaque(
      String operator, int opset, Attributes attributes, List<Value> parts, Value output) {
    List<ValueType> outputs = List.of(output.type());
    node(front, new Opaque("", operator, opset, attributes, outputs), parts, output);
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

  /** The whole, with these outputs. */
  Graph build(List<Value> outputs) {
    List<Node> nodes = new ArrayList<>(front);
    nodes.addAll(graph.nodes());
    nodes.addAll(behind);
    return new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), graph.metadata());
  }
}
