package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.graph.Node;
import java.util.List;

/**
 * A node that is in both models, but not the same.
 *
 * @param differences in words: operator, attributes, inputs
 */
public record NodeChange(Node before, Node after, List<String> differences) {
  public NodeChange {
    differences = List.copyOf(differences);
  }
}
