package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.internal.opset.OperatorTypes;
import dev.sardonyx.onnx.internal.opset.OperatorVersions;
import dev.sardonyx.onnx.internal.opset.OpsetRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A node in operators of an opset: itself where that has it, else nodes of older operators, or of
 * its own in an older form. Source: the function bodies on ONNX's operator pages, and its
 * changelog.
 */
record Expansion(List<Node> nodes, Map<String, DenseTensor> constants) {
  Expansion {
    nodes = List.copyOf(nodes);
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants)); // files keep the order
  }

  /** The opsets in which a node can be written as it is. */
  static OpsetRange asItIs(Node node) {
    Op op = node.op();
    if (!op.domain().isEmpty()) {
      return OpsetRange.all();
    }
    OpsetRange form =
        op instanceof Opaque opaque
            ? OperatorVersions.sameForm(opaque.name(), opaque.sinceOpset())
            : new OpsetRange(op.sinceOpset(), OpsetRange.HIGHEST);
    return OpsetRange.all()
        .and(form)
        .and(new OpsetRange(OperatorTypes.since(node), OpsetRange.HIGHEST));
  }

  /**
   * A node in operators of an opset; empty where those do not have it.
   *
   * @param fresh a name that nothing has, for a stem
   */
  static Optional<Expansion> of(
      Node node, int opset, Constants constants, UnaryOperator<String> fresh) {
    if (asItIs(node).contains(opset)) {
      return Optional.of(new Expansion(List.of(node), Map.of()));
    }
    boolean tensor =
        !node.inputs().isEmpty() && node.inputs().getFirst().type() instanceof TensorType;
    if (!tensor || node.outputs().isEmpty() || !node.output().isPresent()) {
      return Optional.empty();
    }
    var parts = new Parts(node, opset, constants, fresh);
    return rewrite(node, parts) ? each(parts, opset, constants, fresh) : Optional.empty();
  }

  /** The nodes that one became may need older forms of their own. */
  private static Optional<Expansion> each(
      Parts parts, int opset, Constants constants, UnaryOperator<String> fresh) {
    Constants all = constants.and(parts.constants());
    List<Node> nodes = new ArrayList<>();
    Map<String, DenseTensor> more = new LinkedHashMap<>(parts.constants());
    for (Node part : parts.nodes()) {
      boolean before = !OperatorVersions.has(part.op().name(), opset);
      Optional<Expansion> older = before ? Optional.empty() : of(part, opset, all, fresh);
      if (older.isEmpty()) {
        return Optional.empty();
      }
      nodes.addAll(older.get().nodes());
      more.putAll(older.get().constants());
    }
    return Optional.of(new Expansion(nodes, more));
  }

  /** Whether a node has become parts. */
  private static boolean rewrite(Node node, Parts parts) {
    return switch (node.op()) {
      case Opaque _ -> false;
      case ActivationOp op -> ActivationExpansions.expand(op, parts);
      case OwnStatisticsOp op -> StatisticsExpansions.expand(op, node, parts);
      case PredicateOp.GreaterOrEqual _ -> orEqual(new PredicateOp.Greater(), parts);
      case PredicateOp.LessOrEqual _ -> orEqual(new PredicateOp.Less(), parts);
      case CastLike op -> cast(op, node, parts);
      default -> OlderForms.rewrite(node, parts);
    };
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
