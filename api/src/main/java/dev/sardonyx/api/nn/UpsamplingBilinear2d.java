package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * Bilinear interpolation with aligned corners over two spatial dims, by size or scaleFactor.
 * Source: torch.nn.UpsamplingBilinear2d.
 */
public final class UpsamplingBilinear2d extends UpsampleLayer {

  /** Size or scaleFactor; mode and alignCorners are set. Errors: ARGUMENT. */
  public UpsamplingBilinear2d(UnaryOperator<UpsampleOptions> options) {
    super(
        "UpsamplingBilinear2d",
        chosen -> options.apply(chosen).mode(InterpolateMode.BILINEAR).alignCorners(true));
  }
}
