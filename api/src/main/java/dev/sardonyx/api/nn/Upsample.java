package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * Interpolation to a size or by a factor. Shapes: [N, C, ...] with one to three spatial dims.
 * Source: torch.nn.Upsample.
 */
public final class Upsample extends UpsampleLayer {

  /** Size or scaleFactor, and mode and alignCorners. Errors: ARGUMENT. */
  public Upsample(UnaryOperator<UpsampleOptions> options) {
    super("Upsample", options);
  }
}
