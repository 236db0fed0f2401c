package dev.sardonyx.api.trace;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives a traced graph's outputs the names that the model declares for them. */
final class OutputNames {
  private OutputNames() {}

  /** The graph with its i-th output renamed to the i-th name, where that name is free. */
  static Graph apply(Graph graph, List<String> names) {
    Set<String> taken = new HashSet<>(graph.initializers().keySet());
    graph.inputs().forEach(input -> taken.add(input.name()));
    graph.nodes().forEach(node -> node.outputs().forEach(output -> taken.add(output.name())));
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; i < graph.outputs().size() && i < names.size(); i++) {
      if (taken.add(names.get(i))) {
        renamed.put(graph.outputs().get(i).name(), names.get(i));
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              node.name(),
              node.op(),
              rename(node.inputs(), renamed),
              rename(node.outputs(), renamed),
              node.origin()));
    }
    return graph.withNodes(nodes).withOutputs(rename(graph.outputs(), renamed));
  }

  private static List<Value> rename(List<Value> values, Map<String, String> renamed) {
    return values.stream()
        .map(value -> new Value(renamed.getOrDefault(value.name(), value.name()), value.type()))
        .toList();
  }
}
