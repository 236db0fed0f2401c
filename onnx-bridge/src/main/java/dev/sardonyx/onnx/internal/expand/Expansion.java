package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node of an operator that is a function of older ones, as nodes of those. Source: the function
 * bodies on ONNX's operator pages.
 */
public record Expansion(List<Node> nodes, Map<String, DenseTensor> constants) {
  public Expansion {
    nodes = List.copyOf(nodes);
    constants = Map.copyOf(constants);
  }

  /** The lowest opset that has all the nodes. */
  public int sinceOpset() {
    return nodes.stream().mapToInt(node -> node.op().sinceOpset()).max().orElseThrow();
  }

  /** The lowest opset in which a node can be expanded, if it can be. */
  public static Optional<Integer> sinceOpset(Node node) {
    return of(node, stem -> stem).map(Expansion::sinceOpset);
  }

  /**
   * The expansion of a node; empty where there is none.
   *
   * @param fresh a name that nothing has, for a stem
   */
  public static Optional<Expansion> of(Node node, UnaryOperator<String> fresh) {
    boolean tensor =
        !node.inputs().isEmpty() && node.inputs().getFirst().type() instanceof TensorType;
    if (!tensor || node.outputs().isEmpty() || !node.output().isPresent()) {
      return Optional.empty();
    }
    var parts = new Parts(node, fresh);
    boolean done =
        switch (node.op()) {
          case ActivationOp op -> ActivationExpansions.expand(op, parts);
          case OwnStatisticsOp op -> StatisticsExpansions.expand(op, node, parts);
          case PredicateOp.GreaterOrEqual _ -> orEqual(new PredicateOp.Greater(), parts);
          case PredicateOp.LessOrEqual _ -> orEqual(new PredicateOp.Less(), parts);
          case CastLike op -> cast(op, node, parts);
          default -> false;
        };
    return done ? Optional.of(new Expansion(parts.nodes(), parts.constants())) : Optional.empty();
  }

  private static boolean orEqual(PredicateOp order, Parts parts) {
    Value strict = parts.add(order, parts.input(0), parts.input(1));
    Value equal = parts.add(new PredicateOp.Equal(), parts.input(0), parts.input(1));
    parts.last(new PredicateOp.Or(), strict, equal);
    return true;
  }

  private static boolean cast(CastLike op, Node node, Parts parts) {
    if (node.inputs().size() < 2 || !(node.inputs().get(1).type() instanceof TensorType like)) {
      return false;
    }
    parts.last(new Cast(like.dtype(), op.saturate(), op.roundMode()), parts.input(0));
    return true;
  }
}
