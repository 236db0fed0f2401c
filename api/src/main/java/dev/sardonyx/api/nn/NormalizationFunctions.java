package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
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

  /**
   * Normalises the last dims, whose sizes must be normalizedShape, then scales and shifts their
   * elements. Source: torch.nn.functional.layer_norm.
   */
  public static Tensor layerNorm(
      Tensor x,
      List<Integer> normalizedShape,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    Arguments.requireSizes("layer_norm", "normalizedShape", normalizedShape);
    return RowStatistics.layer(x, normalizedShape, weight, bias, eps);
  }

  /** The same with eps 1e-5. */
  public static Tensor layerNorm(
      Tensor x, List<Integer> normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias) {
    return layerNorm(x, normalizedShape, weight, bias, 1e-5);
  }

  /**
   * Divides the last dims, whose sizes must be normalizedShape, by their root mean square, then
   * scales their elements. Source: torch.nn.functional.rms_norm of torch 2.
   */
  public static Tensor rmsNorm(
      Tensor x, List<Integer> normalizedShape, @Nullable Tensor weight, double eps) {
    Arguments.requireSizes("rms_norm", "normalizedShape", normalizedShape);
    return RowStatistics.rms(x, normalizedShape, weight, OptionalDouble.of(eps));
  }

  /** The same with the eps of float32, the distance from 1 to the next number. */
  public static Tensor rmsNorm(Tensor x, List<Integer> normalizedShape, @Nullable Tensor weight) {
    return rmsNorm(x, normalizedShape, weight, Math.ulp(1f));
  }

  /**
   * Normalises groups of channels (dim 1) of each sample, then scales and shifts each channel.
   * Source: torch.nn.functional.group_norm.
   */
  public static Tensor groupNorm(
      Tensor x, int numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return ChannelStatistics.group(x, numGroups, weight, bias, eps);
  }

  /** The same with eps 1e-5 and without scale and shift. */
  public static Tensor groupNorm(Tensor x, int numGroups) {
    return groupNorm(x, numGroups, null, null, 1e-5);
  }

  /**
   * Normalises each channel of each sample of [N, C, ...], then scales and shifts it. Running
   * statistics, if they are given as {@link dev.sardonyx.api.tensor.Buffer}s, are updated where
   * useInputStats says to normalise by the sample's own, else they are used. Source:
   * torch.nn.functional.instance_norm.
   */
  public static Tensor instanceNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    return useInputStats
        ? ChannelStatistics.instance(x, runningMean, runningVar, weight, bias, momentum, eps)
        : BatchStatistics.normalizeByGiven(x, runningMean, runningVar, weight, bias, eps);
  }

  /** The same by the sample's own statistics, with eps 1e-5, without scale and shift. */
  public static Tensor instanceNorm(Tensor x) {
    return instanceNorm(x, null, null, null, null, true, 0.1, 1e-5);
  }
}
