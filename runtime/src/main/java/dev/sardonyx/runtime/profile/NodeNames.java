package dev.sardonyx.runtime.profile;

import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes of a graph that engines mean: one that computes a convolution and what follows it may
 * name the time of both by the last of them, and that is the convolution's here.
 */
final class NodeNames {
  /** How far before the last of some fused nodes the first may be. */
  private static final int FARTHEST = 4;

  private final Map<String, Node> byName = new HashMap<>();
  private final Map<String, Node> byOutput = new HashMap<>();

  NodeNames(Graph graph) {
    for (Node node : graph.nodes()) {
      byName.put(node.name(), node);
      for (Value output : node.outputs()) {
        byOutput.put(output.name(), node);
      }
    }
  }

  /** The node that has an operator's name, at the one that is named or before it; else the name. */
  String of(NodeTime time) {
    Node node = byName.get(time.node());
    for (int i = 0; node != null && i < FARTHEST; i++) {
      if (time.operator().contains(node.op().name())) {
        return node.name();
      }
      node = node.inputs().isEmpty() ? null : byOutput.get(node.inputs().getFirst().name());
    }
    return time.node();
  }
}
