package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The part of {@link Functional} with products: linear maps, convolutions. */
abstract sealed class ProductFunctions extends ActivationFunctions permits NormalizationFunctions {
  ProductFunctions() {}

  /** x * weight' + bias. Shapes: x [..., in], weight [out, in], bias [out] -> [..., out]. */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Products.linear(x, weight, bias);
  }

  /** The same without bias. */
  public static Tensor linear(Tensor x, Tensor weight) {
    return linear(x, weight, null);
  }

  /**
   * x1' * weight[k] * x2 + bias[k] for each output k. Shapes: x1 [..., in1], x2 [..., in2] with the
   * same leading dims, weight [out, in1, in2], bias [out] -> [..., out].
   */
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    return Products.bilinear(x1, x2, weight, bias);
  }

  /** The same without bias. */
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight) {
    return bilinear(x1, x2, weight, null);
  }

  /**
   * A convolution. Shapes: x [N, C, L] or [C, L], weight [M, C / groups, k], bias [M] -> [N, M, L']
   * or [M, L'].
   */
  public static Tensor conv1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvOptions> options) {
    return convolve("conv1d", x, weight, bias, options, 1);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv1d(x, weight, bias, options -> options);
  }

  /**
   * A convolution. Shapes: x [N, C, H, W] or [C, H, W], weight [M, C / groups, kH, kW], bias [M] ->
   * [N, M, H', W'] or [M, H', W'].
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvOptions> options) {
    return convolve("conv2d", x, weight, bias, options, 2);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv2d(x, weight, bias, options -> options);
  }

  /**
   * A convolution. Shapes: x [N, C, D, H, W] or [C, D, H, W], weight [M, C / groups, kD, kH, kW],
   * bias [M] -> [N, M, D', H', W'] or [M, D', H', W'].
   */
  public static Tensor conv3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvOptions> options) {
    return convolve("conv3d", x, weight, bias, options, 3);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv3d(x, weight, bias, options -> options);
  }

  private static Tensor convolve(
      String name,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      UnaryOperator<ConvOptions> options,
      int rank) {
    ConvOptions chosen = options.apply(ConvOptions.defaults()).checked(name, rank);
    requireBias(name, bias, chosen.bias());
    return Convolutions.convolve(name, x, weight, bias, chosen, rank);
  }

  /**
   * A transposed convolution. Shapes: x [N, C, L] or [C, L], weight [C, M / groups, k], bias [M] ->
   * [N, M, L'] or [M, L'].
   */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvTransposeOptions> options) {
    return transpose("conv_transpose1d", x, weight, bias, options, 1);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose1d(x, weight, bias, options -> options);
  }

  /**
   * A transposed convolution. Shapes: x [N, C, H, W] or [C, H, W], weight [C, M / groups, kH, kW],
   * bias [M] -> [N, M, H', W'] or [M, H', W'].
   */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvTransposeOptions> options) {
    return transpose("conv_transpose2d", x, weight, bias, options, 2);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose2d(x, weight, bias, options -> options);
  }

  /**
   * A transposed convolution. Shapes: x [N, C, D, H, W] or [C, D, H, W], weight [C, M / groups, kD,
   * kH, kW], bias [M] -> [N, M, D', H', W'] or [M, D', H', W'].
   */
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, UnaryOperator<ConvTransposeOptions> options) {
    return transpose("conv_transpose3d", x, weight, bias, options, 3);
  }

  /** The same with stride 1 and no padding. */
  public static Tensor convTranspose3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose3d(x, weight, bias, options -> options);
  }

  private static Tensor transpose(
      String name,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      UnaryOperator<ConvTransposeOptions> options,
      int rank) {
    ConvTransposeOptions chosen =
        options.apply(ConvTransposeOptions.defaults()).checked(name, rank);
    requireBias(name, bias, chosen.bias());
    return Convolutions.transpose(name, x, weight, bias, chosen, rank);
  }

  private static void requireBias(String name, @Nullable Tensor bias, boolean allowed) {
    boolean law = bias == null || allowed;
    Arguments.require(law, name, "bias", "null where options say bias(false)", "a tensor");
  }
}
