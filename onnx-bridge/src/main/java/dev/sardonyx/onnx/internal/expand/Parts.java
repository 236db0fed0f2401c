package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The nodes that one node is expanded to, as they come together. */
final class Parts {
  private final Node node;
  private final DType dtype;
  private final UnaryOperator<String> fresh;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> constants = new LinkedHashMap<>();

  /** For a node whose first input is a tensor; fresh gives a name that nothing has. */
  Parts(Node node, UnaryOperator<String> fresh) {
    this.node = node;
    this.fresh = fresh;
    dtype = ((TensorType) node.inputs().getFirst().type()).dtype();
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
    var output = new Value(name, new UnknownType());
    nodes.add(new Node(name, op, List.of(inputs), List.of(output), node.origin()));
    return output;
  }

  /** The node whose output is that of the one expanded. */
  void last(Op op, Value... inputs) {
    nodes.add(new Node(node.name(), op, List.of(inputs), List.of(node.output()), node.origin()));
  }

  /** A node whose output is a later one of the node expanded, where that has it. */
  void also(int output, Op op, Value input) {
    if (output < node.outputs().size() && node.outputs().get(output).isPresent()) {
      Value value = node.outputs().get(output);
      String name = fresh.apply(node.name() + "." + op.name().toLowerCase(Locale.ROOT));
      nodes.add(new Node(name, op, List.of(input), List.of(value), node.origin()));
    }
  }
}
