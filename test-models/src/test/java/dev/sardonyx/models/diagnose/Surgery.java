package dev.sardonyx.models.diagnose;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Puts other nodes in place of one; what comes out of them has the name that it had. */
final class Surgery {
  private final Node node;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> constants = new LinkedHashMap<>();

  private Surgery(Node node) {
    this.node = node;
  }

  /** The graph with one node done otherwise; as it is where it has no such node. */
  static UnaryOperator<Graph> on(String name, Consumer<Surgery> operation) {
    return onAll(node -> node.name().equals(name), operation);
  }

  /** The same for every node of a kind. */
  static UnaryOperator<Graph> onAll(Predicate<Node> patients, Consumer<Surgery> operation) {
    return graph -> {
      List<Node> all = new ArrayList<>();
      Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
      for (Node node : graph.nodes()) {
        if (!patients.test(node)) {
          all.add(node);
          continue;
        }
        var surgery = new Surgery(node);
        operation.accept(surgery);
        all.addAll(surgery.nodes);
        constants.putAll(surgery.constants);
      }
      return graph.withNodes(all).withInitializers(constants);
    };
  }

  /** The node with another operator, such as one whose attribute was read wrongly. */
  static UnaryOperator<Graph> operator(String name, Op op) {
    return on(name, it -> it.last(op, it.inputs()));
  }

  Value input(int index) {
    return node.inputs().get(index);
  }

  Value[] inputs() {
    return node.inputs().toArray(Value[]::new);
  }

  /** The operator as it should be. */
  Op op() {
    return node.op();
  }

  Value number(double value) {
    return constant(Tensor.scalar((float) value));
  }

  Value numbers(long... values) {
    return constant(Tensor.of(values, values.length));
  }

  private Value constant(Tensor tensor) {
    String name = node.name() + ".constant" + constants.size();
    constants.put(name, tensor.dense());
    return new Value(name, tensor.type());
  }

  /** A node in between; returns its first output. */
  Value add(Op op, Value... inputs) {
    return addAll(op, inputs).getFirst();
  }

  /** A node in between; returns all that it has. */
  List<Value> addAll(Op op, Value... inputs) {
    String name = node.name() + ".part" + nodes.size();
    var bare = new Node(name, op, List.of(inputs), List.of(), node.origin());
    List<Value> outputs = new ArrayList<>();
    for (ValueType type : op.infer(bare.inferenceInputs())) {
      outputs.add(new Value(name + "." + outputs.size(), type));
    }
    nodes.add(new Node(name, op, bare.inputs(), outputs, node.origin()));
    return outputs;
  }

  /** Through a type and back to float32: what is left of a number there. */
  Value through(DType narrow, Value value) {
    return add(new Cast(DType.FLOAT32), add(new Cast(narrow), value));
  }

  /** The node whose outputs are those of the one that is replaced. */
  void last(Op op, Value... inputs) {
    nodes.add(new Node(node.name(), op, List.of(inputs), node.outputs(), node.origin()));
  }

  /** A node for one of the outputs alone. */
  void output(int index, Op op, Value... inputs) {
    Value output = node.outputs().get(index);
    String name = node.name() + ".output" + index;
    nodes.add(new Node(name, op, List.of(inputs), List.of(output), node.origin()));
  }
}
