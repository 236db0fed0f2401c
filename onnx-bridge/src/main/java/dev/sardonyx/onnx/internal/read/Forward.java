package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.TrainingOp;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the values of a graph are computed by, as far as it is read. */
final class Forward {
  private final List<Node> nodes;
  private final Set<String> captured;
  private final NodeLimit limit;
  private final Map<String, Integer> producers = new HashMap<>();
  private int seen;

  /**
   * For a graph that is being read.
   *
   * @param nodes those so far, to which more are added
   * @param captured what the graph takes from around it
   */
  Forward(List<Node> nodes, Collection<Value> captured, NodeLimit limit) {
    this.nodes = nodes;
    this.captured = Set.copyOf(captured.stream().map(Value::name).toList());
    this.limit = limit;
  }

  /**
   * The nodes that a value needs, but none that the leaves need. Errors: LIMIT where many are gone
   * through again and again, UNSUPPORTED where others lie around the graph, which may need a leaf.
   */
  List<Node> nodes(String target, List<String> leaves) {
    for (; seen < nodes.size(); seen++) {
      int place = seen;
      nodes.get(seen).outputs().forEach(output -> producers.put(output.name(), place));
    }
    producers.remove("");
    Set<String> ends = Set.copyOf(leaves);
    boolean around = leaves.stream().anyMatch(captured::contains);
    var needed = new TreeSet<Integer>();
    Deque<String> open = new ArrayDeque<>(List.of(target));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (ends.contains(name)) {
        continue;
      }
      if (around && captured.contains(name)) {
        throw unsupported(name);
      }
      Integer place = producers.get(name);
      if (place != null && needed.add(place)) {
        nodes.get(place).inputs().forEach(input -> open.add(input.name()));
      }
    }
    limit.add(needed.size());
    return needed.stream().map(nodes::get).toList();
  }

  private static SardonyxException unsupported(String name) {
    return SardonyxException.unsupported(
        "Gradient: how '" + name + "' is computed around this graph is not known in it",
        List.of(Lack.operator(TrainingOp.DOMAIN, "Gradient", 1)));
  }
}
