package dev.sardonyx.api.graph;

import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Inputs;
import java.util.List;

/**
 * A graph as the attribute of a node.
 *
 * @param captures how many of the graph's last inputs are values of the graphs around it
 */
public record GraphBody(Graph graph, int captures) implements Body {
  @Override
  public int inputCount() {
    return graph.inputs().size();
  }

  @Override
  public int outputCount() {
    return graph.outputs().size();
  }

  @Override
  public List<Inputs.Input> infer(List<Inputs.Input> inputs) {
    return GraphInference.outputs(graph, inputs);
  }

  /** For example {@code <then_branch: 2 nodes>}. */
  @Override
  public String toString() {
    return "<" + graph.name() + ": " + graph.nodes().size() + " nodes>";
  }
}
