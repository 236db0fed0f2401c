package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Functional} that normalises. */
abstract sealed class NormalizationFunctions extends ProductFunctions permits PoolingFunctions {
  NormalizationFunctions() {}

  /**
   * Normalises each channel (dim 1), then scales and shifts it. In training the statistics are the
   * batch's, and running ones, if they are given as {@link dev.sardonyx.api.tensor.Buffer}s, are
   * updated; else the running ones are used. Source: torch.nn.functional.batch_norm.
   */
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    return training
        ? BatchStatistics.normalize(x, runningMean, runningVar, weight, bias, momentum, eps)
        : BatchStatistics.normalizeByGiven(x, runningMean, runningVar, weight, bias, eps);
  }

  /** The same in evaluation: with the running statistics, and eps 1e-5. */
  public static Tensor batchNorm(
      Tensor x,
      Tensor runningMean,
      Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias) {
    return batchNorm(x, runningMean, runningVar, weight, bias, false, 0.1, 1e-5);
  }
}
