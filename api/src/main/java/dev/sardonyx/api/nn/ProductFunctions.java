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
}
