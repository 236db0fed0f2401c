package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a graph depends on random numbers: no two engines draw the same. */
public record RandomValues(Set<String> names, Set<Node> nodes) {
  private static final int TRAINING_MODE = 2;

  /** What a graph draws. */
  public static RandomValues of(Graph graph) {
    Set<String> names = new HashSet<>();
    Set<Node> nodes = new HashSet<>();
    for (Node node : graph.nodes()) {
      boolean draws = draws(node, graph);
      if (draws) {
        nodes.add(node);
      }
      if (draws || node.inputs().stream().anyMatch(value -> names.contains(value.name()))) {
        node.outputs().stream()
            .filter(Value::isPresent)
            .forEach(output -> names.add(output.name()));
      }
    }
    return new RandomValues(Set.copyOf(names), Set.copyOf(nodes));
  }

  /** Dropout draws in training alone; what a node's own graphs draw is drawn by the node. */
  private static boolean draws(Node node, Graph graph) {
    for (Body body : node.op().bodies()) {
      Graph inner = ((GraphBody) body).graph();
      if (inner.nodes().stream().anyMatch(one -> draws(one, inner))) {
        return true;
      }
    }
    return node.op() instanceof Dropout
        ? isTraining(node, graph)
        : node.op().precision() == Precision.RANDOM;
  }

  private static boolean isTraining(Node dropout, Graph graph) {
    if (dropout.inputs().stream().skip(TRAINING_MODE).noneMatch(Value::isPresent)) {
      return false;
    }
    DenseTensor mode = graph.initializers().get(dropout.inputs().get(TRAINING_MODE).name());
    return mode == null || mode.elements() != 1 || mode.doubleAt(0) != 0;
  }

  /** Whether a value depends on random numbers. */
  public boolean contains(String name) {
    return names.contains(name);
  }

  /** Whether a node draws them itself. */
  public boolean drawnBy(Node node) {
    return nodes.contains(node);
  }

  /** What a report must say of outputs that are not compared. */
  public Optional<String> note(Graph graph) {
    List<String> outputs =
        graph.outputs().stream().map(Value::name).filter(names::contains).toList();
    return outputs.isEmpty()
        ? Optional.empty()
        : Optional.of("not compared, because they depend on random numbers: outputs " + outputs);
  }
}
