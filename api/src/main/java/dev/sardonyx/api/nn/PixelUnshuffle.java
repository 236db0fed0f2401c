package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;

/**
 * Channels moved into blocks of r x r pixels, taken back. Shapes: [..., C, H * r, W * r] -> [..., C
 * * r * r, H, W]. Source: torch.nn.PixelUnshuffle.
 */
public final class PixelUnshuffle implements UnaryModule {
  private final int downscaleFactor;

  /** The factor r. Errors: ARGUMENT below 1. */
  public PixelUnshuffle(int downscaleFactor) {
    Arguments.requireAtLeast("PixelUnshuffle", "downscaleFactor", downscaleFactor, 1);
    this.downscaleFactor = downscaleFactor;
  }

  /** The pixels. Errors: SHAPE below three dims, or where dims are no multiples of r. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this,
        x,
        image ->
            Arguments.owned(
                "PixelUnshuffle",
                Map.of(),
                () -> Functional.pixelUnshuffle(image, downscaleFactor)));
  }

  @Override
  public Structure structure() {
    return Structure.of("PixelUnshuffle");
  }

  @Override
  public String extraRepr() {
    return "downscale_factor=" + downscaleFactor;
  }
}
