package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * The nearest elements over two spatial dims, by size or scaleFactor. Source:
 * torch.nn.UpsamplingNearest2d.
 */
public final class UpsamplingNearest2d extends UpsampleLayer {

  /** Size or scaleFactor; mode and alignCorners are set. Errors: ARGUMENT. */
  public UpsamplingNearest2d(UnaryOperator<UpsampleOptions> options) {
    super("UpsamplingNearest2d", chosen -> options.apply(chosen).mode(InterpolateMode.NEAREST));
  }
}
