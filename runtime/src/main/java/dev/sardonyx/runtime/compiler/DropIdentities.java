package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets users of an Identity, or of a Dropout that keeps everything, read its input. One that names
 * a graph output gives that name to its input, and stays where the input cannot be renamed.
 */
public final class DropIdentities implements Pass {
  private static final int RATIO = 1;
  private static final int TRAINING_MODE = 2;

  @Override
  public String name() {
    return "drop-identities";
  }

  @Override
  public Graph apply(Graph graph) {
    return new Dropping(graph).graph();
  }

  /** One application of the pass. */
  private static final class Dropping {
    private final Graph graph;
    private final Map<String, DenseTensor> constants;
    private final Map<String, Value> replaced = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> made = new HashSet<>();

    Dropping(Graph graph) {
      this.graph = graph;
      constants = new HashMap<>(graph.initializers());
      graph.inputs().forEach(input -> constants.remove(input.name()));
      graph.outputs().forEach(output -> outputs.add(output.name()));
      used.addAll(outputs);
      graph.nodes().forEach(node -> node.inputs().forEach(input -> used.add(input.name())));
    }

    Graph graph() {
      List<Node> kept = new ArrayList<>();
      Map<String, Value> named = new HashMap<>();
      for (Node node : graph.nodes()) {
        List<Value> inputs = renamed(node.inputs(), replaced);
        Value output = node.output();
        if (isIdentity(node) && !outputs.contains(output.name())) {
          replaced.put(output.name(), inputs.getFirst());
        } else if (isIdentity(node) && canBeRenamed(inputs.getFirst(), named)) {
          named.put(inputs.getFirst().name(), output);
        } else {
          kept.add(new Node(node.name(), node.op(), inputs, node.outputs(), node.origin()));
          node.outputs().forEach(value -> made.add(value.name()));
        }
      }
      if (replaced.isEmpty() && named.isEmpty()) {
        return graph;
      }
      return graph.withNodes(kept.stream().map(node -> renamed(node, named)).toList());
    }

    /** Whether a node makes a value that is no output yet, whatever its name. */
    private boolean canBeRenamed(Value value, Map<String, Value> named) {
      return made.contains(value.name())
          && !outputs.contains(value.name())
          && !named.containsKey(value.name());
    }

    private static Node renamed(Node node, Map<String, Value> names) {
      return new Node(
          node.name(),
          node.op(),
          renamed(node.inputs(), names),
          renamed(node.outputs(), names),
          node.origin());
    }

    private static List<Value> renamed(List<Value> values, Map<String, Value> names) {
      return values.stream().map(value -> names.getOrDefault(value.name(), value)).toList();
    }

    /** A Dropout without training_mode keeps everything, and so does one of ratio 0. */
    private boolean isIdentity(Node node) {
      return switch (node.op()) {
        case UnaryOp.Identity _ -> true;
        case Dropout _ ->
            node.output().isPresent()
                && node.outputs().stream()
                    .skip(1)
                    .noneMatch(o -> o.isPresent() && used.contains(o.name()))
                && (isZero(node, TRAINING_MODE, true) || isZero(node, RATIO, false));
        default -> false;
      };
    }

    private boolean isZero(Node node, int input, boolean whenAbsent) {
      if (node.inputs().size() <= input || !node.inputs().get(input).isPresent()) {
        return whenAbsent;
      }
      return Optional.ofNullable(constants.get(node.inputs().get(input).name()))
          .filter(tensor -> tensor.elements() == 1 && tensor.doubleAt(0) == 0)
          .isPresent();
    }
  }
}
