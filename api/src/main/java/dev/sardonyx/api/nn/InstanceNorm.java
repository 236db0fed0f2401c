package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Normalises each channel of each sample: (x - mean) / sqrt(var + eps) * weight + bias. The
 * statistics are the sample's own; only where running ones are kept, evaluation takes those.
 * Source: torch.nn.modules.instancenorm._InstanceNorm.
 */
public abstract sealed class InstanceNorm extends ChannelNorm
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private static final NormOptions PLAIN =
      NormOptions.defaults().affine(false).trackRunningStats(false);

  private final String spatial;

  /** The spatial dims are named as {@link Arguments#requireShape} writes them: {@code "H, W"}. */
  InstanceNorm(String name, int numFeatures, String spatial, UnaryOperator<NormOptions> options) {
    super(name, numFeatures, PLAIN, options);
    this.spatial = spatial;
    Arguments.require(
        this.options.momentum().isPresent(), name, "momentum", "a number", "the average of all");
  }

  @Override
  final Tensor normalized(Tensor x) {
    String sample = numFeatures + ", " + spatial;
    Arguments.requireShape(name, "NumFeatures", x, "N, " + sample, sample);
    boolean single = Arguments.hasRank(x, sample.split(", ").length);
    Tensor y = ofBatch(single ? x.unsqueeze(0) : x);
    return single ? y.squeeze(0) : y;
  }

  private Tensor ofBatch(Tensor x) {
    boolean known = weight != null || !usesOwnStatistics() || x.size(1).isFixed();
    return Functional.instanceNorm(
        x,
        runningMean,
        runningVar,
        known ? weight : Tensor.ones(numFeatures),
        bias,
        usesOwnStatistics(),
        options.momentum().orElseThrow(),
        options.eps());
  }
}
