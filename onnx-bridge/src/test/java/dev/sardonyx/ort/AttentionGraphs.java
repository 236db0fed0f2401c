package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.Attention.Scores;
import dev.sardonyx.api.op.CausalConvWithState;
import dev.sardonyx.api.op.LinearAttention;
import dev.sardonyx.api.op.LinearAttention.UpdateRule;
import dev.sardonyx.api.op.RotaryEmbedding;
import dev.sardonyx.api.op.TensorScatter;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.List;
import java.util.Optional;

/** A node of each operator of attention, for {@link OperatorsOnOrtTest}. */
final class AttentionGraphs {
  private AttentionGraphs() {}

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  static List<Graph> all() {
    var capped =
        new Attention(
            true, 4, 2, Optional.of(0.5f), 2, Optional.of(DType.FLOAT32), Scores.CAPPED, -1, -1);
    return List.of(
        Graphs.oneNode(
            capped, f(2, 3, 12), f(2, 4, 6), f(2, 4, 10), f(3, 9), f(2, 2, 5, 3), f(2, 2, 5, 5)),
        Graphs.oneNode(
            new RotaryEmbedding(true, 2, 2),
            f(1, 3, 8),
            f(6, 1),
            f(6, 1),
            Graphs.matrix(1, 0, 5, 2)),
        Graphs.oneNode(new TensorScatter(1, true), f(2, 4, 3), f(2, 2, 3), Graphs.longs(3, 0)));
  }

  /** Of opset 27, which ONNX Runtime does not have. */
  static List<Graph> newer() {
    return List.of(
        Graphs.oneNode(new CausalConvWithState("silu"), f(2, 3, 5), f(3, 1, 4), f(3)),
        Graphs.oneNode(
            new LinearAttention(4, 2, 0.5f, UpdateRule.LINEAR, 32),
            f(2, 3, 8),
            f(2, 3, 4),
            f(2, 3, 6)));
  }
}
