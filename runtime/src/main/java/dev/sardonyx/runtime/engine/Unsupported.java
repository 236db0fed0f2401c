package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.plan.Support;
import java.util.ArrayList;
import java.util.List;

/** Finds what of a graph the native engine does not have, all at once. */
final class Unsupported {
  private Unsupported() {}

  /** Checks a graph. Errors: UNSUPPORTED naming every node that cannot be computed. */
  static void refuse(Graph graph) {
    List<Lack> lacks = new ArrayList<>();
    List<String> reasons = find(graph, lacks);
    if (!reasons.isEmpty()) {
      throw SardonyxException.unsupported(
          "the native engine cannot run "
              + graph.name()
              + ": it does not have "
              + String.join("; ", reasons),
          lacks);
    }
  }

  /** Every node that cannot be computed, in words; codes of what is lacking go to a list. */
  static List<String> find(Graph graph, List<Lack> lacks) {
    List<String> reasons = new ArrayList<>();
    collect(GraphInference.infer(graph), reasons, lacks);
    return reasons;
  }

  private static void collect(Graph graph, List<String> reasons, List<Lack> lacks) {
    for (Node node : graph.nodes()) {
      for (Body body : node.op().bodies()) {
        collect(((GraphBody) body).graph(), reasons, lacks);
      }
      List<ValueType> types =
          node.inputs().stream().filter(Value::isPresent).map(Value::type).toList();
      if (types.stream().anyMatch(UnknownType.class::isInstance)
          && !(node.op() instanceof Opaque)) {
        continue; // it hangs on an operator that is listed already
      }
      Support.missing(node.op(), types)
          .ifPresent(
              missing -> {
                reasons.add(qualified(node.op()) + " (" + missing.text() + ") at " + node.place());
                lacks.add(missing.of(node.op()));
              });
    }
  }

  private static String qualified(Op op) {
    return op.domain().isEmpty() ? op.name() : op.domain() + "." + op.name();
  }
}
