package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets users of an Identity, or of a Dropout that keeps everything, read its input; one that names
 * a graph output stays.
 */
public final class DropIdentities implements Pass {
  private static final int TRAINING_MODE = 2;

  @Override
  public String name() {
    return "drop-identities";
  }

  @Override
  public Graph apply(Graph graph) {
    Set<String> outputs =
        graph.outputs().stream().map(Value::name).collect(Collectors.toUnmodifiableSet());
    Map<String, Value> replaced = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Value> inputs =
          node.inputs().stream().map(value -> replaced.getOrDefault(value.name(), value)).toList();
      boolean drop = isIdentity(node) && !outputs.contains(node.output().name());
      if (drop) {
        replaced.put(node.output().name(), inputs.getFirst());
      } else {
        nodes.add(new Node(node.name(), node.op(), inputs, node.outputs(), node.origin()));
      }
    }
    return replaced.isEmpty() ? graph : graph.withNodes(nodes);
  }

  /** A Dropout without training_mode keeps everything. */
  private static boolean isIdentity(Node node) {
    return switch (node.op()) {
      case UnaryOp.Identity _ -> true;
      case Dropout _ ->
          node.inputs().stream().skip(TRAINING_MODE).noneMatch(Value::isPresent)
              && node.outputs().stream().skip(1).noneMatch(Value::isPresent)
              && node.output().isPresent();
      default -> false;
    };
  }
}
