package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.onnx.internal.opset.OpsetRange;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator sets in which a graph can be written. */
public final class GraphOpsets {
  private GraphOpsets() {}

  /** A node with what is constant around it. */
  private record Placed(Node node, Constants constants) {
    /** The opsets in which it can be written, as it is or as nodes of older operators. */
    OpsetRange opsets() {
      OpsetRange range = Expansion.asItIs(node);
      var count = new AtomicInteger();
      int first = Math.min(range.first(), OpsetRange.HIGHEST + 1);
      while (first > OpsetRange.LOWEST
          && Expansion.of(node, first - 1, constants, stem -> stem + count.getAndIncrement())
              .isPresent()) {
        first--;
      }
      return new OpsetRange(first, range.last());
    }

    String line() {
      return node.op().name() + " as of " + opsets() + " (" + node.place() + ")";
    }
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

  private static Stream<Placed> placed(Graph graph, Constants constants) {
    return graph.nodes().stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(new Placed(node, constants)),
                    node.op().bodies().stream()
                        .map(GraphBody.class::cast)
                        .flatMap(body -> placed(body.graph(), constants.within(node, body)))));
  }

  /** The opsets in which every node exists in its form; may be empty. */
  public static OpsetRange of(Graph graph) {
    return placed(graph, Constants.of(graph))
        .map(Placed::opsets)
        .reduce(OpsetRange.all(), OpsetRange::and);
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
    List<Placed> lacking =
        placed(graph, Constants.of(graph)).filter(each -> !each.opsets().contains(opset)).toList();
    if (!lacking.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "opset "
              + opset
              + " does not have "
              + lacking.stream().map(Placed::line).collect(Collectors.joining("; "))
              + ". "
              + advice(graph));
    }
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
