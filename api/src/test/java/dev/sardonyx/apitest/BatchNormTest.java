package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.BatchNorm;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.BatchNorm3d;
import dev.sardonyx.api.nn.NormOptions;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchNormTest {
  private static BatchNorm make(String kind, String options) {
    UnaryOperator<NormOptions> chosen =
        switch (options) {
          case "{}" -> o -> o;
          case "{'track_running_stats': False}" -> o -> o.trackRunningStats(false);
          case "{'momentum': None}" -> NormOptions::cumulativeAverage;
          default -> o -> o.eps(0.01).momentum(0.3).affine(false);
        };
    return switch (kind) {
      case "1d" -> new BatchNorm1d(3, chosen);
      case "2d" -> new BatchNorm2d(3, chosen);
      default -> new BatchNorm3d(3, chosen);
    };
  }

  @Test
  void normalisesByTheBatchAndKeepsRunningStatisticsAsPyTorchDoes() {
    for (String[] row : Golden.rows("batch_norms.csv")) {
      BatchNorm layer = make(row[0], row[3]);
      layer.train(row[2].equals("True"));
      layer.weight().ifPresent(w -> w.set(Tensor.of(new float[] {1.5f, -0.5f, 2f}, 3)));
      layer.bias().ifPresent(b -> b.set(Tensor.of(new float[] {0.25f, 0f, -1f}, 3)));
      Tensor x = Tensor.of(Golden.floats(row[4]), Golden.sizes(row[1]));
      layer.forward(x);
      assertClose(layer.forward(x), row[5]);
      assertThat(layer.runningMean().isPresent()).isEqualTo(!row[6].equals("-"));
      layer.runningMean().ifPresent(mean -> assertClose(mean, row[6]));
      layer.runningVar().ifPresent(variance -> assertClose(variance, row[7]));
      if (!row[8].equals("-")) {
        long[] batches = layer.stateDict().get("num_batches_tracked").longs();
        assertThat(batches).containsExactly(Long.parseLong(row[8]));
      }
    }
  }

  private static void assertClose(Tensor found, String expected) {
    assertThat(found.floats()).containsExactly(Golden.floats(expected), Offset.offset(2e-6f));
  }

  @Test
  void refusesASingleValuePerChannelInTraining() {
    var layer = new BatchNorm1d(3);
    layer.train();
    Errors.expect(
        ErrorCode.SHAPE, () -> layer.forward(Tensor.ones(1, 3)), "more than 1 value per channel");
    assertThat(layer.stateDict().get("num_batches_tracked").longs()).containsExactly(0);
  }

  @Test
  void isNeverInTrainingWhereBothModesAreAlike() {
    var layer = new BatchNorm2d(3, o -> o.trackRunningStats(false));
    layer.train();
    assertThat(layer.isTraining()).isFalse();
  }

  @Test
  void namesTheShapesItExpects() {
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new BatchNorm1d(3).forward(Tensor.ones(2, 3, 4, 4)),
        "BatchNorm1d expects [N, 3] or [N, 3, L], found float32[2, 3, 4, 4]",
        "at BatchNormTest.java:");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> new BatchNorm2d(3).forward(Tensor.ones(2, 4, 4, 4)),
        "BatchNorm2d expects [N, 3, H, W], found float32[2, 4, 4, 4]");
  }
}
