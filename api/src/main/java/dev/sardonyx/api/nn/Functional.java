package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Layers as functions: no state, weights are arguments, absent ones null. Names and meaning are
 * those of torch.nn.functional. Errors of all: SHAPE or DTYPE where tensors do not fit, ARGUMENT
 * for other arguments outside what is allowed.
 */
public final class Functional {
  private Functional() {}

  /** max(x, 0) for each element. */
  public static Tensor relu(Tensor x) {
    return Operations.apply(new UnaryOp.Relu(), x);
  }

  /** x where it is 0 or more, else 0.01 * x. */
  public static Tensor leakyRelu(Tensor x) {
    return leakyRelu(x, 0.01);
  }

  /** x where it is 0 or more, else negativeSlope * x. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return Operations.apply(new UnaryOp.LeakyRelu((float) negativeSlope), x);
  }

  /** x where it is 0 or more, else weight * x; weight is [1], or [C] with one for each channel. */
  public static Tensor prelu(Tensor x, Tensor weight) {
    return Operations.apply(new BinaryOp.PRelu(), x, Activations.slope(x, weight));
  }

  /** 1 / (1 + exp(-x)) for each element. */
  public static Tensor sigmoid(Tensor x) {
    return Operations.apply(new UnaryOp.Sigmoid(), x);
  }

  /** x * sigmoid(x) for each element. */
  public static Tensor silu(Tensor x) {
    return x.mul(sigmoid(x));
  }

  /** The hyperbolic tangent of each element. */
  public static Tensor tanh(Tensor x) {
    return Operations.apply(new UnaryOp.Tanh(), x);
  }

  /** exp(x) / sum(exp(x)) along a dim, which may count from the end. */
  public static Tensor softmax(Tensor x, int dim) {
    return Operations.apply(new NormalizationOp.Softmax(dim), x);
  }

  /** log(softmax(x)) along a dim, which may count from the end. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return Operations.apply(new NormalizationOp.LogSoftmax(dim), x);
  }

  /** x * weight' + bias. Shapes: x [..., in], weight [out, in], bias [out] -> [..., out]. */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Products.linear(x, weight, bias);
  }

  /** The same without bias. */
  public static Tensor linear(Tensor x, Tensor weight) {
    return linear(x, weight, null);
  }

  /**
   * A convolution. Shapes: x [N, C, H, W] or [C, H, W], weight [M, C / groups, kH, kW], bias [M] ->
   * [N, M, H', W'] or [M, H', W'].
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvOptions> options) {
    ConvOptions chosen = options.apply(ConvOptions.defaults()).checked("conv2d");
    boolean law = bias == null || chosen.bias();
    Arguments.require(law, "conv2d", "bias", "null where options say bias(false)", "a tensor");
    return Products.conv2d(x, weight, bias, chosen);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv2d(x, weight, bias, options -> options);
  }

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

  /** The dims from start to end, both included, made one. */
  public static Tensor flatten(Tensor x, int startDim, int endDim) {
    return x.flatten(startDim, endDim);
  }

  /** All dims made one. */
  public static Tensor flatten(Tensor x) {
    return flatten(x, 0, -1);
  }

  /** In training, zeroes elements with probability p and scales the others by 1 / (1 - p). */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    Arguments.requireProbability("dropout", p);
    return training ? Activations.dropped(x, p) : x;
  }
}
