package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.RandomOp.Distribution;
import dev.sardonyx.api.op.ReverseSequence;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.ScatterReduction;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Graphs of one node each: operators that find and place elements, or draw numbers. */
final class IndexGraphs {
  private static final DenseTensor TRUTH =
      DenseTensor.copy(DType.BOOL, Shape.of(3), MemorySegment.ofArray(new byte[] {1, 0, 1}));

  private IndexGraphs() {}

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  static List<Graph> all() {
    var rows = Graphs.matrix(2, 1, 0);
    return List.of(
        Graphs.oneNode(new GatherND(0), f(2, 3), rows),
        Graphs.oneNode(new GatherND(1), f(2, 3), rows),
        Graphs.oneNode(new ScatterElements(0, ScatterReduction.NONE), f(2, 3), rows, f(2, 1)),
        Graphs.oneNode(new ScatterElements(-1, ScatterReduction.ADD), f(2, 3), rows, f(2, 1)),
        Graphs.oneNode(new ScatterElements(1, ScatterReduction.MAX), f(2, 3), rows, f(2, 1)),
        Graphs.oneNode(new ScatterND(ScatterReduction.NONE), f(2, 3), rows, f(2, 3)),
        Graphs.oneNode(new ScatterND(ScatterReduction.MUL), f(2, 3), rows, f(2, 3)),
        Graphs.oneNode(new ScatterND(ScatterReduction.MIN), f(2, 3), rows, f(2, 3)),
        Graphs.oneNode(new SelectionOp.Compress(Optional.empty()), f(2, 3), TRUTH),
        Graphs.oneNode(new SelectionOp.Compress(Optional.of(-1)), f(2, 3), TRUTH),
        Graphs.oneNode(new SelectionOp.NonZero(), f(2, 3)),
        Graphs.oneNode(new SelectionOp.Unique(Optional.empty(), false), f(2, 3)),
        Graphs.oneNode(new SelectionOp.Unique(Optional.of(1), true), f(2, 3)),
        Graphs.oneNode(
            new SelectionOp.NonMaxSuppression(true), f(1, 3, 4), f(1, 2, 3), Tensor.scalar(2L)),
        Graphs.oneNode(new ReverseSequence(1, 0), f(4, 2, 3), Graphs.longs(3, 1)),
        Graphs.oneNode(new ReverseSequence(0, 1), f(2, 4), Graphs.longs(3, 4)),
        Graphs.oneNode(new TopK(-1, true, true), f(2, 5), Graphs.longs(3)),
        Graphs.oneNode(new TopK(0, false, false), f(2, 5), Graphs.longs(1)),
        Graphs.oneNode(
            new RandomOp.Fill(
                Distribution.NORMAL, 1, 2, DType.FLOAT64, Shape.of(2, 3), Optional.empty())),
        Graphs.oneNode(
            new RandomOp.Fill(
                Distribution.UNIFORM, 0, 1, DType.FLOAT32, Shape.of(2), Optional.of(7f))),
        Graphs.oneNode(
            new RandomOp.Like(Distribution.NORMAL, 0, 1, Optional.empty(), Optional.empty()),
            f(2, 3)),
        Graphs.oneNode(
            new RandomOp.Like(
                Distribution.UNIFORM, 0, 9, Optional.of(DType.FLOAT64), Optional.of(3f)),
            f(2, 3)),
        Graphs.oneNode(new RandomOp.Bernoulli(Optional.of(DType.BOOL), Optional.of(3f)), f(2, 3)),
        Graphs.oneNode(new RandomOp.Multinomial(DType.INT64, 5, Optional.of(3f)), f(2, 3)));
  }
}
