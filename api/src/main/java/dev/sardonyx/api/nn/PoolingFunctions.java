package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * The part of {@link Functional} that pools. Shapes: x [N, C, spatial...] or [C, spatial...] with
 * as many spatial dims as the name says; those change.
 */
abstract sealed class PoolingFunctions extends NormalizationFunctions permits ShapingFunctions {
  PoolingFunctions() {}

  /** The largest element of each window. */
  public static Tensor maxPool1d(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool1d", kernelSize, 1);
    return Pooling.max("max_pool1d", x, kernelSize, chosen, 1);
  }

  /** The same with a window as long on all axes. */
  public static Tensor maxPool1d(Tensor x, int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    return maxPool1d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor maxPool1d(Tensor x, int kernelSize) {
    return maxPool1d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor maxPool1d(Tensor x, int kernelSize, int stride) {
    return maxPool1d(x, kernelSize, options -> options.stride(stride));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices maxPool1dWithIndices(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool1d", kernelSize, 1);
    return Pooling.maxWithIndices("max_pool1d", x, kernelSize, chosen, 1);
  }

  /** The mean of each window. */
  public static Tensor avgPool1d(
      Tensor x, IntTuple kernelSize, UnaryOperator<AvgPoolOptions> options) {
    var chosen = options.apply(AvgPoolOptions.defaults()).checked("avg_pool1d", kernelSize, 1);
    return Pooling.average("avg_pool1d", x, kernelSize, chosen, 1);
  }

  /** The same with a window as long on all axes. */
  public static Tensor avgPool1d(Tensor x, int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    return avgPool1d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor avgPool1d(Tensor x, int kernelSize) {
    return avgPool1d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor avgPool1d(Tensor x, int kernelSize, int stride) {
    return avgPool1d(x, kernelSize, options -> options.stride(stride));
  }

  /** Means over as many windows as the output is to have; see {@link AdaptiveAvgPool1d}. */
  public static Tensor adaptiveAvgPool1d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_avg_pool1d", outputSize, 1);
    return AdaptivePooling.average("adaptive_avg_pool1d", x, outputSize, 1);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveAvgPool1d(Tensor x, int outputSize) {
    return adaptiveAvgPool1d(x, IntTuple.of(outputSize));
  }

  /** The largest elements of as many windows as the output is to have. */
  public static Tensor adaptiveMaxPool1d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool1d", outputSize, 1);
    return AdaptivePooling.max("adaptive_max_pool1d", x, outputSize, 1);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveMaxPool1d(Tensor x, int outputSize) {
    return adaptiveMaxPool1d(x, IntTuple.of(outputSize));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices adaptiveMaxPool1dWithIndices(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool1d", outputSize, 1);
    return AdaptivePooling.maxWithIndices("adaptive_max_pool1d", x, outputSize, 1);
  }

  /** The largest element of each window. */
  public static Tensor maxPool2d(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool2d", kernelSize, 2);
    return Pooling.max("max_pool2d", x, kernelSize, chosen, 2);
  }

  /** The same with a window as long on all axes. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    return maxPool2d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor maxPool2d(Tensor x, int kernelSize) {
    return maxPool2d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, int stride) {
    return maxPool2d(x, kernelSize, options -> options.stride(stride));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices maxPool2dWithIndices(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool2d", kernelSize, 2);
    return Pooling.maxWithIndices("max_pool2d", x, kernelSize, chosen, 2);
  }

  /** The mean of each window. */
  public static Tensor avgPool2d(
      Tensor x, IntTuple kernelSize, UnaryOperator<AvgPoolOptions> options) {
    var chosen = options.apply(AvgPoolOptions.defaults()).checked("avg_pool2d", kernelSize, 2);
    return Pooling.average("avg_pool2d", x, kernelSize, chosen, 2);
  }

  /** The same with a window as long on all axes. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    return avgPool2d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor avgPool2d(Tensor x, int kernelSize) {
    return avgPool2d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, int stride) {
    return avgPool2d(x, kernelSize, options -> options.stride(stride));
  }

  /** Means over as many windows as the output is to have; see {@link AdaptiveAvgPool2d}. */
  public static Tensor adaptiveAvgPool2d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_avg_pool2d", outputSize, 2);
    return AdaptivePooling.average("adaptive_avg_pool2d", x, outputSize, 2);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveAvgPool2d(Tensor x, int outputSize) {
    return adaptiveAvgPool2d(x, IntTuple.of(outputSize));
  }

  /** The largest elements of as many windows as the output is to have. */
  public static Tensor adaptiveMaxPool2d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool2d", outputSize, 2);
    return AdaptivePooling.max("adaptive_max_pool2d", x, outputSize, 2);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveMaxPool2d(Tensor x, int outputSize) {
    return adaptiveMaxPool2d(x, IntTuple.of(outputSize));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices adaptiveMaxPool2dWithIndices(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool2d", outputSize, 2);
    return AdaptivePooling.maxWithIndices("adaptive_max_pool2d", x, outputSize, 2);
  }

  /** The largest element of each window. */
  public static Tensor maxPool3d(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool3d", kernelSize, 3);
    return Pooling.max("max_pool3d", x, kernelSize, chosen, 3);
  }

  /** The same with a window as long on all axes. */
  public static Tensor maxPool3d(Tensor x, int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    return maxPool3d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor maxPool3d(Tensor x, int kernelSize) {
    return maxPool3d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor maxPool3d(Tensor x, int kernelSize, int stride) {
    return maxPool3d(x, kernelSize, options -> options.stride(stride));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices maxPool3dWithIndices(
      Tensor x, IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    var chosen = options.apply(MaxPoolOptions.defaults()).checked("max_pool3d", kernelSize, 3);
    return Pooling.maxWithIndices("max_pool3d", x, kernelSize, chosen, 3);
  }

  /** The mean of each window. */
  public static Tensor avgPool3d(
      Tensor x, IntTuple kernelSize, UnaryOperator<AvgPoolOptions> options) {
    var chosen = options.apply(AvgPoolOptions.defaults()).checked("avg_pool3d", kernelSize, 3);
    return Pooling.average("avg_pool3d", x, kernelSize, chosen, 3);
  }

  /** The same with a window as long on all axes. */
  public static Tensor avgPool3d(Tensor x, int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    return avgPool3d(x, IntTuple.of(kernelSize), options);
  }

  /** The same with a window that moves as far as it is large. */
  public static Tensor avgPool3d(Tensor x, int kernelSize) {
    return avgPool3d(x, kernelSize, options -> options);
  }

  /** The same with a stride. */
  public static Tensor avgPool3d(Tensor x, int kernelSize, int stride) {
    return avgPool3d(x, kernelSize, options -> options.stride(stride));
  }

  /** Means over as many windows as the output is to have; see {@link AdaptiveAvgPool3d}. */
  public static Tensor adaptiveAvgPool3d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_avg_pool3d", outputSize, 3);
    return AdaptivePooling.average("adaptive_avg_pool3d", x, outputSize, 3);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveAvgPool3d(Tensor x, int outputSize) {
    return adaptiveAvgPool3d(x, IntTuple.of(outputSize));
  }

  /** The largest elements of as many windows as the output is to have. */
  public static Tensor adaptiveMaxPool3d(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool3d", outputSize, 3);
    return AdaptivePooling.max("adaptive_max_pool3d", x, outputSize, 3);
  }

  /** The same with an output as long on all axes. */
  public static Tensor adaptiveMaxPool3d(Tensor x, int outputSize) {
    return adaptiveMaxPool3d(x, IntTuple.of(outputSize));
  }

  /** The largest elements and the place of each in its plane of x. */
  public static MaxPool.WithIndices adaptiveMaxPool3dWithIndices(Tensor x, IntTuple outputSize) {
    AdaptivePooling.requireSize("adaptive_max_pool3d", outputSize, 3);
    return AdaptivePooling.maxWithIndices("adaptive_max_pool3d", x, outputSize, 3);
  }
}
