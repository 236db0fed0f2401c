package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * What was found of one node.
 *
 * @param inputs those that are there, with the shapes that they had in this run
 * @param outputs empty where the node was left out
 * @param leftOut why it was not compared, if so
 */
public record NodeFinding(
    Node node, List<Value> inputs, List<OutputFinding> outputs, Optional<String> leftOut) {
  public NodeFinding {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Whether the node alone errs by more than its operator may. */
  public boolean isFault() {
    return outputs.stream().anyMatch(output -> !output.isolated().passes());
  }

  /** Whether what arrived here is further off than a model's values may be. */
  public boolean isOff() {
    return outputs.stream().anyMatch(output -> !output.accumulated().passes());
  }

  /** Whether the engines choose between equals here, and otherwise agree. */
  public boolean isTie() {
    return !isOff()
        && !isFault()
        && outputs.stream().anyMatch(output -> output.accumulated().tied() > 0);
  }
}
