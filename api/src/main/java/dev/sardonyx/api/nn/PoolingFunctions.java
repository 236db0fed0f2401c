package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The part of {@link Functional} that pools. */
abstract sealed class PoolingFunctions extends NormalizationFunctions permits ShapingFunctions {
  PoolingFunctions() {}

  /** The largest element of each window. Shapes: [N, C, H, W] or [C, H, W], spatial dims shrink. */
  public static Tensor maxPool2d(
      Tensor x, IntPair kernelSize, UnaryOperator<MaxPoolOptions> options) {
    MaxPoolOptions chosen = options.apply(MaxPoolOptions.defaults());
    return Pooling.max(x, kernelSize, chosen.checked("max_pool2d", kernelSize));
  }

  /** The same with a square window. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    return maxPool2d(x, IntPair.of(kernelSize), options);
  }

  /** The same with a square window, which moves as far as it is large. */
  public static Tensor maxPool2d(Tensor x, int kernelSize) {
    return maxPool2d(x, kernelSize, options -> options);
  }

  /** The same with a square window and a stride. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, int stride) {
    return maxPool2d(x, kernelSize, options -> options.stride(stride));
  }

  /** The mean of each window. Shapes: [N, C, H, W] or [C, H, W], spatial dims shrink. */
  public static Tensor avgPool2d(
      Tensor x, IntPair kernelSize, UnaryOperator<AvgPoolOptions> options) {
    AvgPoolOptions chosen = options.apply(AvgPoolOptions.defaults());
    return Pooling.average(x, kernelSize, chosen.checked("avg_pool2d", kernelSize));
  }

  /** The same with a square window. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    return avgPool2d(x, IntPair.of(kernelSize), options);
  }

  /** The same with a square window, which moves as far as it is large. */
  public static Tensor avgPool2d(Tensor x, int kernelSize) {
    return avgPool2d(x, kernelSize, options -> options);
  }

  /** The same with a square window and a stride. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, int stride) {
    return avgPool2d(x, kernelSize, options -> options.stride(stride));
  }

  /**
   * Means over as many windows as the output is to have. Shapes: [N, C, H, W] or [C, H, W] -> the
   * same with H and W replaced. Spatial dims must be known, unless the output is 1 x 1.
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, IntPair outputSize) {
    Arguments.requireAtLeast("adaptive_avg_pool2d", "outputSize", outputSize, 1);
    return AdaptivePooling.average(x, outputSize);
  }

  /** The same with a square output. */
  public static Tensor adaptiveAvgPool2d(Tensor x, int outputSize) {
    return adaptiveAvgPool2d(x, IntPair.of(outputSize));
  }
}
