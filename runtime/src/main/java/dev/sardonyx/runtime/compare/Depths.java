package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Precision;
import java.util.HashMap;
import java.util.Map;

/** How many operators that round lie on the longest way to each value of a graph. */
public final class Depths {
  private final Map<String, Integer> depths = new HashMap<>();

  private Depths() {}

  /** Those of a graph. */
  public static Depths of(Graph graph) {
    var all = new Depths();
    for (Node node : graph.nodes()) {
      int before = node.inputs().stream().mapToInt(input -> all.of(input.name())).max().orElse(0);
      for (Value output : node.outputs().stream().filter(Value::isPresent).toList()) {
        all.depths.put(output.name(), before + own(node));
      }
    }
    return all;
  }

  /** What a node adds; with graphs of its own as much as the deepest of them in one round. */
  private static int own(Node node) {
    int inner = 0;
    for (Body body : node.op().bodies()) {
      Graph graph = ((GraphBody) body).graph();
      Depths within = of(graph);
      inner = Math.max(inner, within.depths.values().stream().mapToInt(i -> i).max().orElse(0));
    }
    boolean rounds = node.op().bodies().isEmpty() && rounds(node.op().precision());
    return inner + (rounds ? 1 : 0);
  }

  private static boolean rounds(Precision precision) {
    return switch (precision) {
      case ROUNDED, TRANSFORMED -> true;
      case EXACT, RANDOM -> false; // a Dropout moves its data
    };
  }

  /** The depth of a value; 0 for what is given, and for any that the graph has not. */
  public int of(String value) {
    return depths.getOrDefault(value, 0);
  }
}
