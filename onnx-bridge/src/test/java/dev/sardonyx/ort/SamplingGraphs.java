package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.AffineGrid;
import dev.sardonyx.api.op.CenterCropPad;
import dev.sardonyx.api.op.Col2Im;
import dev.sardonyx.api.op.DeformConv;
import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.List;

/** A node of each operator that samples, for {@link OperatorsOnOrtTest}. */
final class SamplingGraphs {
  private SamplingGraphs() {}

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  static List<Graph> all() {
    var window = Window.of(List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 0));
    return List.of(
        Graphs.oneNode(new AffineGrid(true), f(2, 2, 3), Graphs.longs(2, 3, 4, 5)),
        Graphs.oneNode(new CenterCropPad(List.of(-1, 0)), f(2, 3, 4), Graphs.longs(3, 4)),
        Graphs.oneNode(
            new Col2Im(List.of(), List.of(1, 0, 1, 0), List.of(2, 1)),
            f(2, 12, 12),
            Graphs.longs(5, 5),
            Graphs.longs(3, 2)),
        Graphs.oneNode(
            new DeformConv(window, 2, 1),
            f(1, 4, 5, 6),
            f(2, 2, 3, 2),
            f(1, 12, 3, 4),
            f(2),
            f(1, 6, 3, 4)),
        Graphs.oneNode(
            new GridSample(GridSample.Mode.CUBIC, GridSample.PaddingMode.REFLECTION, true),
            f(1, 2, 4, 5),
            f(1, 3, 2, 2)));
  }
}
