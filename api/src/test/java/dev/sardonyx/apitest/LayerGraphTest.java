package dev.sardonyx.apitest;

import static dev.sardonyx.apitest.Graphs.lines;
import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.LogSoftmax;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.SiLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Tanh;
import org.junit.jupiter.api.Test;

class LayerGraphTest {
  @Test
  void linearOfAMatrixIsOneGemm() {
    assertThat(lines(new Linear(4, 3), "batch", "4"))
        .containsExactly("output: float32[batch, 3] = Gemm[transB=1](x, weight, bias)");
    assertThat(lines(new Linear(4, 3, false), "batch", "4"))
        .containsExactly("output: float32[batch, 3] = Gemm[transB=1](x, weight)");
  }

  @Test
  void linearOfAnyOtherRankIsMatMulAndAdd() {
    assertThat(lines(new Linear(4, 3), "batch", "seq", "4"))
        .containsExactly(
            "transpose_1: float32[4, 3] = Transpose[perm=[1, 0]](weight)",
            "matmul_1: float32[batch, seq, 3] = MatMul(x, transpose_1)",
            "output: float32[batch, seq, 3] = Add(matmul_1, bias)");
    assertThat(lines(new Linear(4, 3, false), "4"))
        .last()
        .isEqualTo("output: float32[3] = MatMul(x, transpose_1)");
  }

  @Test
  void convolutionKeepsEveryArgument() {
    var layer =
        new Conv2d(
            4,
            6,
            IntTuple.of(3, 5),
            o -> o.stride(2, 1).padding(1, 2).dilation(2, 1).groups(2).bias(false));
    assertThat(lines(layer, "batch", "4", "12", "11"))
        .containsExactly(
            "output: float32[batch, 6, 5, 11] = Conv[dilations=[2, 1], kernel_shape=[3, 5],"
                + " pads=[1, 2, 1, 2], strides=[2, 1], group=2](x, weight)");
    assertThat(lines(new Conv2d(3, 8, 3), "batch", "3", "h", "w"))
        .containsExactly(
            "output: float32[batch, 8, h - 2, w - 2] = Conv[kernel_shape=[3, 3]](x, weight, bias)");
  }

  @Test
  void imagesWithoutBatchAreABatchOfOne() {
    assertThat(lines(new Conv2d(3, 8, 3), "3", "8", "8"))
        .containsExactly(
            "unsqueeze_1: float32[1, 3, 8, 8] = Unsqueeze(x, const_1)",
            "conv_1: float32[1, 8, 6, 6] = Conv[kernel_shape=[3, 3]](unsqueeze_1, weight, bias)",
            "output: float32[8, 6, 6] = Squeeze(conv_1, const_2)");
    assertThat(lines(new MaxPool2d(2), "3", "8", "8"))
        .last()
        .isEqualTo("output: float32[3, 4, 4] = Squeeze(maxpool_1, const_2)");
  }

  @Test
  void poolsKeepEveryArgument() {
    var max = new MaxPool2d(3, o -> o.stride(2).padding(1).dilation(2).ceilMode(true));
    assertThat(lines(max, "1", "2", "9", "9"))
        .containsExactly(
            "output: float32[1, 2, 4, 4] = MaxPool[ceil_mode=1, dilations=[2, 2],"
                + " kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2]](x)");
    assertThat(lines(new AvgPool2d(2), "1", "2", "9", "9"))
        .containsExactly(
            "output: float32[1, 2, 4, 4] = AveragePool[kernel_shape=[2, 2], strides=[2, 2],"
                + " count_include_pad=1](x)");
    assertThat(lines(new AvgPool2d(3, o -> o.stride(1).countIncludePad(false)), "1", "2", "9", "9"))
        .containsExactly("output: float32[1, 2, 7, 7] = AveragePool[kernel_shape=[3, 3]](x)");
  }

  @Test
  void activationsAreSingleOperators() {
    assertThat(lines(new ReLU(), "n")).containsExactly("output: float32[n] = Relu(x)");
    assertThat(lines(new Sigmoid(), "n")).containsExactly("output: float32[n] = Sigmoid(x)");
    assertThat(lines(new Tanh(), "n")).containsExactly("output: float32[n] = Tanh(x)");
    assertThat(lines(new LeakyReLU(0.2), "n"))
        .containsExactly("output: float32[n] = LeakyRelu[alpha=0.2](x)");
    assertThat(lines(new Softmax(1), "n", "4"))
        .containsExactly("output: float32[n, 4] = Softmax[axis=1](x)");
    assertThat(lines(new LogSoftmax(-1), "n", "4"))
        .containsExactly("output: float32[n, 4] = LogSoftmax(x)");
  }

  @Test
  void siluIsXTimesItsSigmoid() {
    assertThat(lines(new SiLU(), "n"))
        .containsExactly(
            "sigmoid_1: float32[n] = Sigmoid(x)", "output: float32[n] = Mul(x, sigmoid_1)");
  }

  @Test
  void oneSlopeBroadcastsAndManyLieAlongTheChannels() {
    assertThat(lines(new PReLU(), "n", "3", "h", "w"))
        .containsExactly("output: float32[n, 3, h, w] = PRelu(x, weight)");
    assertThat(lines(new PReLU(3), "n", "3", "h", "w"))
        .containsExactly(
            "unsqueeze_1: float32[3, 1, 1] = Unsqueeze(weight, const_1)",
            "output: float32[n, 3, h, w] = PRelu(x, unsqueeze_1)");
    assertThat(lines(new PReLU(3), "n", "3"))
        .containsExactly("output: float32[n, 3] = PRelu(x, weight)");
    assertThat(lines(new PReLU())).last().isEqualTo("output: float32[] = PRelu(x, squeeze_1)");
  }

  @Test
  void whatChangesNothingRecordsNothing() {
    var model = new Sequential(new ReLU(), new Dropout(0.3), new Identity());
    assertThat(lines(model, "n")).containsExactly("output: float32[n] = Relu(x)");
    assertThat(lines(new Sequential(), "n")).containsExactly("output: float32[n] = Identity(x)");
  }

  @Test
  void flattenKeepsTheSymbolOfTheBatch() {
    assertThat(lines(new Flatten(), "batch", "3", "4"))
        .containsExactly("output: float32[batch, 12] = Flatten(x)");
    assertThat(lines(new Flatten(0, 1), "batch", "3", "4"))
        .containsExactly("output: float32[3*batch, 4] = Reshape(x, const_1)");
  }

  @Test
  void batchNormUsesItsStatistics() {
    assertThat(lines(new BatchNorm2d(3), "n", "3", "h", "w"))
        .containsExactly(
            "output: float32[n, 3, h, w] = BatchNormalization(x, weight, bias, running_mean,"
                + " running_var)");
    assertThat(lines(new BatchNorm1d(3, o -> o.eps(1e-3)), "n", "3"))
        .singleElement()
        .asString()
        .contains("BatchNormalization[epsilon=0.001](");
  }

  @Test
  void batchNormWithoutScaleAndShiftHasConstantOnes() {
    var graph = trace(new BatchNorm2d(2, o -> o.affine(false)), "n", "2", "h", "w");
    assertThat(graph.initializers().keySet())
        .containsExactly("const_1", "const_2", "running_mean", "running_var");
    assertThat(graph.initializers().get("const_1").floats()).containsExactly(1f, 1f);
    assertThat(graph.initializers().get("const_2").floats()).containsExactly(0f, 0f);
  }

  @Test
  void batchNormWithoutStatisticsComputesThem() {
    var layer = new BatchNorm2d(2, o -> o.trackRunningStats(false).affine(false));
    assertThat(trace(layer, "n", "2", "h", "w").nodes().stream().map(node -> node.op().name()))
        .containsExactly("ReduceMean", "Sub", "Mul", "ReduceMean", "Add", "Sqrt", "Div");
  }
}
