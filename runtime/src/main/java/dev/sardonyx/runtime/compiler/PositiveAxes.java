package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.op.NormalizationOp.Hardmax;
import dev.sardonyx.api.op.NormalizationOp.LogSoftmax;
import dev.sardonyx.api.op.NormalizationOp.LpNormalization;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.RMSNormalization;
import dev.sardonyx.api.op.ReductionOp.Arg;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** Counts axes from the front, where ONNX may also count them from the back. */
final class PositiveAxes implements Pass {
  @Override
  public String name() {
    return "positive-axes";
  }

  @Override
  public Graph apply(Graph graph) {
    List<Node> nodes = graph.nodes().stream().map(PositiveAxes::positive).toList();
    return nodes.equals(graph.nodes()) ? graph : graph.withNodes(nodes);
  }

  private static Node positive(Node node) {
    boolean known =
        !node.inputs().isEmpty()
            && node.inputs().getFirst().type() instanceof TensorType type
            && type.shape().isKnown();
    if (!known) {
      return node;
    }
    Value x = node.inputs().getFirst();
    Op op = positive(node.op(), x.tensorType().rank());
    return op.equals(node.op())
        ? node
        : new Node(node.name(), op, node.inputs(), node.outputs(), node.origin());
  }

  private static Op positive(Op op, int rank) {
    return switch (op) {
      case Concat(int axis) -> new Concat(from(axis, rank));
      case Gather(int axis) -> new Gather(from(axis, rank));
      case GatherElements(int axis) -> new GatherElements(from(axis, rank));
      case ScatterElements(int axis, var reduction) ->
          new ScatterElements(from(axis, rank), reduction);
      case Softmax(int axis) -> new Softmax(from(axis, rank));
      case LogSoftmax(int axis) -> new LogSoftmax(from(axis, rank));
      case Hardmax(int axis) -> new Hardmax(from(axis, rank));
      case LpNormalization(int axis, int p) -> new LpNormalization(from(axis, rank), p);
      case LayerNormalization(int axis, float epsilon) ->
          new LayerNormalization(from(axis, rank), epsilon);
      case RMSNormalization(int axis, float epsilon) ->
          new RMSNormalization(from(axis, rank), epsilon);
      case Split(int axis, int outputs) -> new Split(from(axis, rank), outputs);
      case TopK(int axis, boolean largest, boolean sorted) ->
          new TopK(from(axis, rank), largest, sorted);
      case Arg(boolean max, int axis, boolean keepdims, boolean last) ->
          new Arg(max, from(axis, rank), keepdims, last);
      default -> op;
    };
  }

  private static int from(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }
}
