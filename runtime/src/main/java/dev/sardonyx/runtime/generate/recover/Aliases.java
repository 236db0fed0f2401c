package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes out the nodes that give what they take: identities, dropouts, casts to the same type. */
final class Aliases {
  private Aliases() {}

  /** Identities of initializers stay: they give equal weights their own names. */
  static Graph without(Graph graph) {
    Map<String, Value> sources = new HashMap<>();
    Set<String> constants = new HashSet<>(graph.initializers().keySet());
    graph.inputs().forEach(input -> constants.remove(input.name()));
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Value> inputs = named(node.inputs(), sources);
      boolean identity = node.op() instanceof UnaryOp.Identity;
      if (identity && constants.contains(inputs.getFirst().name())) {
        constants.add(node.output().name());
        kept.add(node);
      } else if (identity || isDropped(node)) {
        sources.put(node.output().name(), inputs.getFirst());
      } else {
        kept.add(new Node(node.name(), node.op(), inputs, node.outputs(), node.origin()));
      }
    }
    return graph.withNodes(kept).withOutputs(named(graph.outputs(), sources));
  }

  private static boolean isDropped(Node node) {
    boolean sameType =
        node.op() instanceof Cast cast
            && node.inputs().getFirst().type() instanceof TensorType type
            && type.dtype() == cast.to();
    boolean inference =
        node.op() instanceof Dropout
            && node.outputs().stream().skip(1).noneMatch(Value::isPresent)
            && node.inputs().size() < 3;
    return sameType || inference;
  }

  private static List<Value> named(List<Value> values, Map<String, Value> sources) {
    return values.stream().map(value -> sources.getOrDefault(value.name(), value)).toList();
  }
}
