package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** After which node of a graph each value is no longer needed. */
final class Liveness {
  private final List<List<String>> dead = new ArrayList<>();

  private Liveness() {}

  static Liveness of(Graph graph) {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      for (Value value : node.outputs()) {
        last.put(value.name(), i);
      }
      for (Value value : node.inputs()) {
        last.put(value.name(), i);
      }
    }
    graph.outputs().forEach(output -> last.remove(output.name()));
    var result = new Liveness();
    graph.nodes().forEach(_ -> result.dead.add(new ArrayList<>()));
    last.forEach((name, node) -> result.dead.get(node).add(name));
    return result;
  }

  /** The names of values that no node after one needs. */
  List<String> after(int node) {
    return dead.get(node);
  }
}
