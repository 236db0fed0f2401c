package dev.sardonyx.runtime.diff;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import java.util.List;

/**
 * How a second model differs from a first.
 *
 * @param signature inputs and outputs of the graph, in words
 * @param same how many nodes are in both as they are
 * @param renamed how many of all nodes in both have another name
 * @param pairedWeights how many weights are in both
 * @param renamedWeights how many of these have another name
 * @param facts metadata that differs, in words: it computes nothing
 */
public record ModelDifference(
    List<String> signature,
    List<Node> removed,
    List<Node> added,
    List<NodeChange> changed,
    int same,
    int renamed,
    List<WeightChange> weights,
    int pairedWeights,
    int renamedWeights,
    List<String> facts) {
  public ModelDifference {
    signature = List.copyOf(signature);
    removed = List.copyOf(removed);
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    weights = List.copyOf(weights);
    facts = List.copyOf(facts);
  }

  /** Compares two graphs, up to the names of what is inside. */
  public static ModelDifference of(Graph before, Graph after) {
    return new Comparing(before, after).difference();
  }

  /** Whether inputs, outputs and nodes are the same, up to the names of what is inside. */
  public boolean isOneStructure() {
    return signature.isEmpty() && removed.isEmpty() && added.isEmpty() && changed.isEmpty();
  }

  /** Whether both compute the same: structure and weights. Names inside and facts do not count. */
  public boolean isSame() {
    return isOneStructure() && weights.isEmpty();
  }
}
