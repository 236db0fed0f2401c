package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.ReverseSequence;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.ScatterReduction;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.List;

/** Graphs of one node each: operators that find and place elements by indices. */
final class IndexGraphs {
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
        Graphs.oneNode(new ReverseSequence(1, 0), f(4, 2, 3), Graphs.longs(3, 1)),
        Graphs.oneNode(new ReverseSequence(0, 1), f(2, 4), Graphs.longs(3, 4)),
        Graphs.oneNode(new TopK(-1, true, true), f(2, 5), Graphs.longs(3)),
        Graphs.oneNode(new TopK(0, false, false), f(2, 5), Graphs.longs(1)));
  }
}
