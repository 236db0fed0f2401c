package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.Variable;
import dev.sardonyx.api.type.Dim;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Normalising by the statistics of each channel, given ones or the batch's own. */
final class BatchStatistics {
  private static final String NAME = "batch_norm";

  private BatchStatistics() {}

  static Tensor normalizeByGiven(
      Tensor x,
      @Nullable Tensor mean,
      @Nullable Tensor variance,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    if (mean == null || variance == null) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, NAME + ": running statistics must be given unless it is training");
    }
    long channels = mean.size(0).fixed();
    return Operations.apply(
        new NormalizationOp.BatchNormalization((float) eps),
        x,
        weight == null ? Tensor.ones(channels) : weight,
        bias == null ? Tensor.zeros(channels) : bias,
        mean,
        variance);
  }

  /** Normalises by the biased variance; the running one takes up the unbiased, as in PyTorch. */
  static Tensor normalize(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double momentum,
      double eps) {
    requireSeveral(x);
    int[] axes = IntStream.range(0, x.rank()).filter(axis -> axis != 1).toArray();
    Tensor mean = x.mean(true, axes);
    Tensor centred = x.sub(mean);
    Tensor variance = centred.mul(centred).mean(true, axes);
    if (runningMean != null && runningVar != null) {
      double count = (double) x.shape().elements().fixed() / x.size(1).fixed();
      Tensor unbiased = variance.mul(count / (count - 1));
      update(NAME, runningMean, mean, momentum);
      update(NAME, runningVar, unbiased, momentum);
    }
    Tensor y = centred.div(variance.add(eps).sqrt());
    Tensor scaled = weight == null ? y : y.mul(Activations.alongChannels(weight, x.rank()));
    return bias == null ? scaled : scaled.add(Activations.alongChannels(bias, x.rank()));
  }

  static void update(String name, Tensor running, Tensor batch, double momentum) {
    if (!(running instanceof Variable variable)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, name + ": running statistics must be Buffers to be updated");
    }
    Tensor flat = batch.reshape(running.shape().sizes());
    variable.set(running.mul(1 - momentum).add(flat.mul(momentum)));
  }

  private static void requireSeveral(Tensor x) {
    if (x.rank() < 2) {
      String words = NAME + " expects [N, C, ...], found " + x.type();
      throw Arguments.rankError(NAME, "[N, C, ...]", x, words);
    }
    Dim perChannel = x.shape().product(0, 1).times(x.shape().product(2, x.rank()));
    if (perChannel.equals(Dim.of(1))) {
      throw Mismatch.of("Shape", NAME, "more than 1 value per channel", perChannel)
          .withType(x.type())
          .error(
              NAME
                  + " of a batch's own statistics expects more than 1 value per channel, found "
                  + x.type());
    }
  }
}
