package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * Means over as many windows as the output is to have. Shapes: [N, C, H, W] -> [N, C, h, w], or the
 * same without N. Source: torch.nn.AdaptiveAvgPool2d.
 */
public final class AdaptiveAvgPool2d implements UnaryModule {
  private static final String NAME = "AdaptiveAvgPool2d";

  private final IntPair outputSize;

  /** A square output. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool2d(int outputSize) {
    this(IntPair.of(outputSize));
  }

  /** An output of this height and width. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool2d(int height, int width) {
    this(IntPair.of(height, width));
  }

  private AdaptiveAvgPool2d(IntPair outputSize) {
    Arguments.requireAtLeast(NAME, "outputSize", outputSize, 1);
    this.outputSize = outputSize;
  }

  /**
   * The pooled images. Errors: SHAPE for another rank, or where H or W is a symbol and the output
   * is not 1 x 1.
   */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::pooled);
  }

  private Tensor pooled(Tensor x) {
    Arguments.requireShape(NAME, x, "N, C, H, W", "C, H, W");
    return Functional.adaptiveAvgPool2d(x, outputSize);
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME);
  }

  @Override
  public String extraRepr() {
    return "output_size=" + outputSize;
  }
}
