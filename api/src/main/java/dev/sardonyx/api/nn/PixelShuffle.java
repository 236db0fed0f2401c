package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;

/**
 * Channels moved into blocks of r x r pixels. Shapes: [..., C * r * r, H, W] -> [..., C, H * r, W *
 * r]. Source: torch.nn.PixelShuffle.
 */
public final class PixelShuffle implements UnaryModule {
  private final int upscaleFactor;

  /** The factor r. Errors: ARGUMENT below 1. */
  public PixelShuffle(int upscaleFactor) {
    Arguments.requireAtLeast("PixelShuffle", "upscaleFactor", upscaleFactor, 1);
    this.upscaleFactor = upscaleFactor;
  }

  /** The pixels. Errors: SHAPE below three dims, or where dims are no multiples of r. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this,
        x,
        image ->
            Arguments.owned(
                "PixelShuffle", Map.of(), () -> Functional.pixelShuffle(image, upscaleFactor)));
  }

  @Override
  public Structure structure() {
    return Structure.of("PixelShuffle");
  }

  @Override
  public String extraRepr() {
    return "upscale_factor=" + upscaleFactor;
  }
}
