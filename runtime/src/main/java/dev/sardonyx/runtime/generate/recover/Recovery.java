package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a graph into classes: its nodes into layers and calls, these into the modules that their
 * names tell of, and modules that are built alike into one class.
 */
public final class Recovery {
  /** No person would read the class of a larger graph, and javac takes no larger method. */
  public static final int MOST_NODES = 20_000;

  private Recovery() {}

  /**
   * The classes of a graph and its weights.
   *
   * @param name the model's class
   * @throws SardonyxException LIMIT beyond {@link #MOST_NODES}; UNSUPPORTED naming all nodes that
   *     no layer and no method stands for, and for inputs of unknown rank
   */
  public static GeneratedModel of(Graph graph, String name) {
    if (graph.nodes().size() > MOST_NODES) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "classes are generated for graphs of up to %,d nodes, this one has %,d; run it as it is"
                  .formatted(MOST_NODES, graph.nodes().size())
              + " with 'sardonyx run'");
    }
    Graph plain = Aliases.without(graph);
    var facts = new Facts(plain);
    List<Step> steps = new StepReader(plain, facts).read(plain);
    ModuleCall root = Placement.of(steps, facts);
    Map<String, Integer> uses = new HashMap<>();
    for (Step step : steps) {
      step.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
    plain.outputs().forEach(output -> uses.merge(output.name(), 1, Integer::sum));
    Ordering.order(root, uses);
    var modules = new Modules(facts, plain, root);
    return new Folding(modules, plain, name).fold();
  }
}
