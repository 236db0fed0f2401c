package dev.sardonyx.onnx.internal.opset;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.onnx.internal.expand.Expansion;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator sets in which a graph can be written. */
public final class GraphOpsets {
  private GraphOpsets() {}

  /** The opsets in which an operator has the form that its record gives. */
  public static OpsetRange of(Op op) {
    if (!op.domain().isEmpty()) {
      return OpsetRange.all();
    }
    if (!(op instanceof Opaque opaque)) {
      return OpsetRange.all().and(new OpsetRange(op.sinceOpset(), OpsetRange.HIGHEST));
    }
    return OperatorVersions.sameForm(opaque.name(), opaque.sinceOpset());
  }

  /** The opsets in which a node can be written, as it is or as nodes of older operators. */
  public static OpsetRange of(Node node) {
    OpsetRange whole = of(node.op());
    int first =
        whole.first() <= OpsetRange.LOWEST
            ? whole.first()
            : Expansion.sinceOpset(node).orElse(whole.first());
    return new OpsetRange(
        Math.clamp(first, OpsetRange.LOWEST, Math.max(OpsetRange.LOWEST, whole.first())),
        whole.last());
  }

  /** The nodes of a graph and of the graphs within them. */
  public static Stream<Node> allNodes(Graph graph) {
    return graph.nodes().stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(node),
                    node.op().bodies().stream()
                        .flatMap(body -> allNodes(((GraphBody) body).graph()))));
  }

  /** The opsets in which every node exists in its form; may be empty. */
  public static OpsetRange of(Graph graph) {
    return allNodes(graph).map(GraphOpsets::of).reduce(OpsetRange.all(), OpsetRange::and);
  }

  /**
   * Demands that a graph can be written at an opset. Errors: ARGUMENT for an opset that no graph is
   * written at; UNSUPPORTED naming all nodes that it does not have, and one that would do.
   */
  public static void require(Graph graph, int opset) {
    if (!OpsetRange.all().contains(opset)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "opset must be within "
              + OpsetRange.LOWEST
              + " and "
              + OpsetRange.HIGHEST
              + ", found "
              + opset);
    }
    List<Node> lacking = allNodes(graph).filter(node -> !of(node).contains(opset)).toList();
    if (!lacking.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "opset "
              + opset
              + " does not have "
              + lacking.stream().map(GraphOpsets::line).collect(Collectors.joining("; "))
              + ". "
              + advice(graph));
    }
  }

  private static String line(Node node) {
    return node.op().name() + " as of " + of(node) + " (" + node.place() + ")";
  }

  private static String advice(Graph graph) {
    OpsetRange range = of(graph);
    return range.isEmpty()
        ? "No opset has all nodes of the graph in the forms that they have here"
        : "The lowest opset that works is " + range.first();
  }

  /** The opset nearest to one in which a graph can be written. Errors: UNSUPPORTED for none. */
  public static int nearest(Graph graph, int opset) {
    OpsetRange range = of(graph);
    if (range.isEmpty()) {
      require(graph, opset);
    }
    return range.nearest(opset);
  }
}
