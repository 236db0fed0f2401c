package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import java.util.List;

/**
 * What one step computes: a node, or a product with what follows it.
 *
 * @param inputs those of the node, then those of the tail; or those of all parts
 * @param outputs those of the last node
 * @param order where channels are
 * @param parts stages that are computed together, each for the next, up to that of the node; what
 *     goes from one to the next is left out of the inputs. Empty for a stage alone
 */
record Stage(
    Node node, List<Value> inputs, List<Value> outputs, Tail tail, Order order, List<Stage> parts) {
  Stage {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    parts = List.copyOf(parts);
  }

  /** A stage alone. */
  Stage(Node node, List<Value> inputs, List<Value> outputs, Tail tail, Order order) {
    this(node, inputs, outputs, tail, order, List.of());
  }

  static Stage of(Node node) {
    return new Stage(node, node.inputs(), node.outputs(), Tail.none(), Order.FIRST);
  }

  Op op() {
    return node.op();
  }
}
