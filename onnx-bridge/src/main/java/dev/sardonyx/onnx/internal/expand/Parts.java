package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The nodes that one node is expanded to, as they come together. */
final class Parts {
  private final Node node;
  private final int opset;
  private final Constants known;
  private final DType dtype;
  private final UnaryOperator<String> fresh;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> constants = new LinkedHashMap<>();

  /** For a node whose first input is a tensor; fresh gives a name that nothing has. */
  Parts(Node node, int opset, Constants known, UnaryOperator<String> fresh) {
    this.node = node;
    this.opset = opset;
    this.known = known;
    this.fresh = fresh;
    dtype = ((TensorType) node.inputs().getFirst().type()).dtype();
  }

  /** The opset that the parts are for. */
  int opset() {
    return opset;
  }

  List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  Map<String, DenseTensor> constants() {
    return Collections.unmodifiableMap(constants);
  }

  /** The type of the elements of the first input. */
  DType dtype() {
    return dtype;
  }

  Value input(int index) {
    return index < node.inputs().size() ? node.inputs().get(index) : Value.absent();
  }

  boolean hasInput(int index) {
    return input(index).isPresent();
  }

  boolean hasOutput(int index) {
    return index < node.outputs().size() && node.outputs().get(index).isPresent();
  }

  /** The elements of an input, if it is constant. */
  Optional<DenseTensor> constant(int index) {
    return known.of(input(index).name());
  }

  /** The shape of an input, if its rank is known. */
  Optional<Shape> shape(int index) {
    return input(index).type() instanceof TensorType tensor && tensor.shape().isKnown()
        ? Optional.of(tensor.shape())
        : Optional.empty();
  }

  /** The number of axes of the first input, if it is known. */
  Optional<Integer> rank() {
    return shape(0).map(Shape::rank);
  }

  /** A number of that type. */
  Value number(double value) {
    return constant("number", Tensor.of(new double[] {value}).dense().convert(dtype));
  }

  Value vector(long... values) {
    return constant("vector", Tensor.of(values, values.length).dense());
  }

  Value constant(String stem, DenseTensor tensor) {
    String name = fresh.apply(node.name() + "." + stem);
    constants.put(name, tensor);
    return new Value(name, tensor.type());
  }

  /** A node in between; returns its output. */
  Value add(Op op, Value... inputs) {
    String name = fresh.apply(node.name() + "." + op.name().toLowerCase(Locale.ROOT));
    var output = new Value(name, type(op, List.of(inputs)));
    nodes.add(new Node(name, op, List.of(inputs), List.of(output), node.origin()));
    return output;
  }

  private ValueType type(Op op, List<Value> inputs) {
    if (inputs.stream().anyMatch(input -> input.type() instanceof UnknownType)) {
      return new UnknownType();
    }
    var typed = new Node("", op, inputs, List.of(), node.origin());
    return op.infer(typed.inferenceInputs()).getFirst();
  }

  /** The node with another operator; the outputs stay. */
  void same(Op op, Value... inputs) {
    nodes.add(new Node(node.name(), op, List.of(inputs), node.outputs(), node.origin()));
  }

  /** The node with another operator; inputs and outputs stay. */
  void same(Op op) {
    nodes.add(new Node(node.name(), op, node.inputs(), node.outputs(), node.origin()));
  }

  /** A node in between of the type of its input, in the form of the opset; returns its output. */
  Value olderBetween(String operator, Attributes attributes, Value input) {
    String name = fresh.apply(node.name() + "." + operator.toLowerCase(Locale.ROOT));
    var output = new Value(name, input.type());
    var op = new Opaque("", operator, opset, attributes, List.of(input.type()));
    nodes.add(new Node(name, op, List.of(input), List.of(output), node.origin()));
    return output;
  }

  /** The node in the form that an operator has in the opset; the outputs stay. */
  void older(String operator, Attributes attributes, List<Value> inputs) {
    List<ValueType> types = node.outputs().stream().map(Value::type).toList();
    var op = new Opaque("", operator, opset, attributes, types);
    nodes.add(new Node(node.name(), op, inputs, node.outputs(), node.origin()));
  }

  /** The node whose output is that of the one expanded. */
  void last(Op op, Value... inputs) {
    nodes.add(new Node(node.name(), op, List.of(inputs), List.of(node.output()), node.origin()));
  }

  /** A node whose output is a later one of the node expanded, where that has it. */
  void also(int output, Op op, Value input) {
    if (hasOutput(output)) {
      Value value = node.outputs().get(output);
      String name = fresh.apply(node.name() + "." + op.name().toLowerCase(Locale.ROOT));
      nodes.add(new Node(name, op, List.of(input), List.of(value), node.origin()));
    }
  }
}
