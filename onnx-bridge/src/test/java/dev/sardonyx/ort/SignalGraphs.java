package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MelWeightMatrix;
import dev.sardonyx.api.op.STFT;
import dev.sardonyx.api.op.TaperOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.util.List;

/** A node of each operator on signals, for {@link OperatorsOnOrtTest}. */
final class SignalGraphs {
  private SignalGraphs() {}

  private static TensorType f(long... dims) {
    return TensorType.of(DType.FLOAT32, dims);
  }

  static List<Graph> all() {
    DenseTensor ten = Tensor.scalar(10L).dense();
    DenseTensor rate = Tensor.scalar(16000L).dense();
    return List.of(
        Graphs.oneNode(new TaperOp.HannWindow(DType.FLOAT32, true), ten),
        Graphs.oneNode(new TaperOp.HammingWindow(DType.FLOAT32, false), ten),
        Graphs.oneNode(new TaperOp.BlackmanWindow(DType.FLOAT64, true), ten),
        Graphs.oneNode(
            new MelWeightMatrix(DType.FLOAT32),
            ten,
            Tensor.scalar(64L).dense(),
            rate,
            Tensor.scalar(0f).dense(),
            Tensor.scalar(8000f).dense()),
        Graphs.oneNode(new DFT(false, true), f(2, 7, 1), ten, Tensor.scalar(1L).dense()),
        Graphs.oneNode(new DFT(true, false), f(2, 7, 2)),
        Graphs.oneNode(new STFT(true), f(2, 30, 1), ten, f(8)));
  }
}
