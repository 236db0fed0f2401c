package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.AttributeFaults.linear;
import static dev.sardonyx.models.diagnose.SmallGraphs.floats;
import static dev.sardonyx.models.diagnose.SmallGraphs.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.DFT;
import dev.sardonyx.api.op.MaxUnpool;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.vote.Blame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where ONNX Runtime 1.29 itself is wrong, it is what gets the blame. */
class WrongOnnxRuntimeTest {

  private static void assertBlamed(Graph graph, String node, Map<String, Data> inputs) {
    CheckReport report =
        CrossCheck.of(graph)
            .engines("native", "ort")
            .inputs(inputs)
            .timing(Duration.ZERO)
            .bisect()
            .run();
    assertThat(report.passed()).isFalse();
    Suspect suspect = report.diagnosis().orElseThrow().suspect().orElseThrow();
    assertThat(suspect.finding().node().name()).isEqualTo(node);
    assertThat(suspect.charge()).isEqualTo(Suspect.Charge.FAULT);
    assertThat(suspect.vote().blame()).as(suspect.vote().toString()).isEqualTo(Blame.REFERENCE);
    assertThat(suspect.vote().reason()).contains("ort is wrong");
  }

  private static Map<String, Data> x(DenseTensor x) {
    return Map.of("x", x);
  }

  /** A length that is no power of 2: its angles are rounded once they are large. */
  @Test
  void aFourierTransformThatRoundsItsAngles() {
    Graph graph =
        SmallGraphs.of(
            floats(1, 1009, 1),
            (b, x) -> {
              Value axis = b.graph().constant(Tensor.scalar(1L).dense());
              return b.add(new DFT(false, false), x, Value.absent(), axis);
            });
    assertBlamed(graph, "dft_1", x(SmallGraphs.weights("signal", 1, 1, 1009, 1)));
  }

  /**
   * ONNX's case test_resize_downsample_scales_linear_align_corners, whose numbers are ONNX's: ONNX
   * Runtime rounds the size of the output before it aligns the corners.
   */
  @Test
  void aResizeThatAlignsCornersOfARoundedSize() {
    Graph graph =
        SmallGraphs.of(
            floats(1, 1, 2, 4),
            (b, x) -> {
              Tensor scales = Tensor.of(new float[] {1, 1, 0.6f, 0.6f}, 4);
              Value given = b.graph().constant(scales.dense());
              Op resize = linear(Resize.Coordinates.ALIGN_CORNERS);
              return b.add(resize, x, Value.absent(), given);
            });
    DenseTensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 1, 2, 4).dense();
    assertBlamed(graph, "resize_1", x(x));
    try (Session session = Sardonyx.engine("native").open(graph, SessionOptions.defaults())) {
      float[] y = session.run(x).floats();
      assertThat(y).hasSize(2);
      assertThat(y[0]).isCloseTo(1, within(1e-6f));
      assertThat(y[1]).isCloseTo(3.142857f, within(1e-6f));
    }
  }

  /** ONNX's case test_maxunpool_export_with_output_shape: indices are of the pooled picture's. */
  @Test
  void aMaxUnpoolThatCountsIndicesInTheLargerPicture() {
    Window window = Window.of(List.of(2, 2), List.of(2, 2), List.of(1, 1), List.of(0, 0));
    Tensor places = Tensor.of(new long[] {5, 7, 13, 15}, 1, 1, 2, 2);
    Tensor shape = Tensor.of(new long[] {1, 1, 5, 5}, 4);
    Graph graph = one(floats(1, 1, 2, 2), new MaxUnpool(window), places, shape);
    assertBlamed(graph, "maxunpool_1", x(Tensor.of(new float[] {5, 6, 7, 8}, 1, 1, 2, 2).dense()));
  }

  @Test
  void aVarianceThatIsADifferenceOfLargeSquares() {
    Op op = new NormalizationOp.MeanVarianceNormalization(List.of(0, 2, 3));
    Tensor x = SmallGraphs.weights("noise", 1, 2, 3, 8, 8).add(Tensor.scalar(3000));
    assertBlamed(one(floats(2, 3, 8, 8), op), "meanvariancenormalization_1", x(x.dense()));
  }

  @Test
  void anExponentialOfWhichOneIsTakenAway() {
    Graph graph = one(floats(200), new ActivationOp.Elu(1));
    assertBlamed(graph, "elu_1", x(SmallGraphs.weights("small", 1e-4, 200)));
  }

  /** ONNX Runtime would end the process: the error says so, and where. */
  @Test
  void theLeastIntegerOverMinusOneIsToldOfAndEndsNothing() {
    TensorType type = TensorType.of(DType.INT64, new long[] {2});
    Graph graph = one(type, new BinaryOp.Div(), Tensor.of(new long[] {-1, 3}, 2));
    Map<String, Data> inputs = Map.of("x", Tensor.of(new long[] {Long.MIN_VALUE, 9}, 2));
    CrossCheck check =
        CrossCheck.of(graph).engines("native", "ort").inputs(inputs).timing(Duration.ZERO);
    assertThatThrownBy(check::run)
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("ONNX Runtime ends the process")
        .hasMessageContaining("div_1");
  }
}
