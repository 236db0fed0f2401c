package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.compiler.Pass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Passes that tests plant. */
final class WrongPasses {
  private WrongPasses() {}

  /** A pass of a name. */
  static Pass of(String name, UnaryOperator<Graph> change) {
    return new Pass() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Graph apply(Graph graph) {
        return change.apply(graph);
      }
    };
  }

  /** Puts another operator in the place of one, by the node's name. */
  static Pass replacing(String node, Op op) {
    return of("replace-" + node, graph -> graph.withNodes(replaced(graph.nodes(), node, op)));
  }

  private static List<Node> replaced(List<Node> nodes, String name, Op op) {
    return nodes.stream()
        .map(
            node ->
                node.name().equals(name)
                    ? new Node(node.name(), op, node.inputs(), node.outputs(), node.origin())
                    : node)
        .toList();
  }

  /** Makes a constant of what a node computes. */
  static Pass folding(String node, DenseTensor wrong) {
    return of(
        "fold-" + node,
        graph -> {
          List<Node> nodes = new ArrayList<>(graph.nodes());
          Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
          nodes.stream()
              .filter(one -> one.name().equals(node))
              .forEach(one -> constants.put(one.output().name(), wrong));
          nodes.removeIf(one -> one.name().equals(node));
          return graph.withNodes(nodes).withInitializers(constants);
        });
  }
}
