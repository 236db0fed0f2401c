package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import java.util.List;

/**
 * What one step computes: a node, or a product with what follows it.
 *
 * @param inputs those of the node, then those of the tail
 * @param outputs those of the last node
 * @param order where channels are
 */
record Stage(Node node, List<Value> inputs, List<Value> outputs, Tail tail, Order order) {
  Stage {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static Stage of(Node node) {
    return new Stage(node, node.inputs(), node.outputs(), Tail.none(), Order.FIRST);
  }

  Op op() {
    return node.op();
  }
}
