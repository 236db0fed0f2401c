package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Normalising channels of each sample by their own statistics. */
final class ChannelStatistics {
  private static final String NAME = "instance_norm";

  private ChannelStatistics() {}

  static void requireChannels(String layer, Tensor x, int channels) {
    String expected = "[N, " + channels + ", ...]";
    String words = layer + " expects " + expected + ", found " + x.type();
    if (x.shape().isKnown() && x.rank() < 2) {
      throw Arguments.rankError(layer, expected, x, words);
    }
    if (x.size(1).differsFrom(Dim.of(channels))) {
      throw Arguments.sizeError(layer, "NumChannels", channels, x, 1, words);
    }
  }

  static Tensor group(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    var op = new OwnStatisticsOp.GroupNormalization(groups, (float) eps);
    return scaled(op, x, weight, bias);
  }

  private static Tensor scaled(
      OwnStatisticsOp op, Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    if (x.shape().isKnown() && x.rank() < 2) {
      String words = op.name() + " expects [N, C, ...], found " + x.type();
      throw Arguments.rankError(op.name(), "[N, C, ...]", x, words);
    }
    return Operations.apply(
        op,
        x,
        weight == null ? Tensor.ones(channels(x, bias)) : weight,
        bias == null ? Tensor.zeros(channels(x, weight)) : bias);
  }

  private static long channels(Tensor x, @Nullable Tensor vector) {
    return vector == null ? x.size(1).fixed() : vector.size(0).fixed();
  }

  static Tensor instance(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double momentum,
      double eps) {
    boolean known = x.shape().isKnown() && x.rank() > 2;
    if (known && x.shape().product(2, x.rank()).equals(Dim.of(1))) {
      throw Mismatch.of("Shape", NAME, "more than 1 value per channel of a sample", 1)
          .withType(x.type())
          .error(NAME + " expects more than 1 value per channel of a sample, found " + x.type());
    }
    if (runningMean != null && runningVar != null) {
      update(x, runningMean, runningVar, momentum);
    }
    return scaled(new OwnStatisticsOp.InstanceNormalization((float) eps), x, weight, bias);
  }

  /** The running statistics take up the mean over the samples; variances are the unbiased. */
  private static void update(Tensor x, Tensor runningMean, Tensor runningVar, double momentum) {
    int[] axes = IntStream.range(2, x.rank()).toArray();
    Tensor mean = x.mean(true, axes);
    Tensor centred = x.sub(mean);
    double count = x.shape().product(2, x.rank()).fixed();
    Tensor unbiased = centred.mul(centred).mean(true, axes).mul(count / (count - 1));
    BatchStatistics.update(NAME, runningMean, mean.mean(false, 0), momentum);
    BatchStatistics.update(NAME, runningVar, unbiased.mean(false, 0), momentum);
  }
}
