package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.List;

/** First states of zeros are left out: recurrent layers begin with zeros anyway. */
final class ZeroStates implements Pass {
  private static final int FIRST_STATE = 5;
  private static final int AFTER_STATES = 7;

  @Override
  public String name() {
    return "zero-states";
  }

  @Override
  public Graph apply(Graph graph) {
    boolean changed = false;
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Node next = node.op() instanceof RecurrentOp ? without(node, graph) : node;
      changed |= next != node;
      nodes.add(next);
    }
    return changed ? graph.withNodes(nodes) : graph;
  }

  private static Node without(Node node, Graph graph) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    for (int i = FIRST_STATE; i < Math.min(AFTER_STATES, inputs.size()); i++) {
      DenseTensor state = graph.initializers().get(inputs.get(i).name());
      boolean given = graph.inputs().stream().anyMatch(inputs.get(i)::equals);
      if (state != null && !given && isZero(state)) {
        inputs.set(i, Value.absent());
      }
    }
    while (!inputs.isEmpty() && !inputs.getLast().isPresent()) {
      inputs.removeLast();
    }
    return inputs.equals(node.inputs())
        ? node
        : new Node(node.name(), node.op(), inputs, node.outputs(), node.origin());
  }

  private static boolean isZero(DenseTensor tensor) {
    for (long i = 0; i < tensor.elements(); i++) {
      if (tensor.doubleAt(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
