package dev.sardonyx.api.nn;

/**
 * Means over as many windows as the output is to have. Shapes: [N, C, H, W] -> [N, C, H', W'], or
 * the same without N. Source: torch.nn.AdaptiveAvgPool2d.
 */
public final class AdaptiveAvgPool2d extends AdaptiveAvgPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool2d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /** An output of this height and width. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool2d(int height, int width) {
    this(IntTuple.of(height, width));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveAvgPool2d(IntTuple outputSize) {
    super("AdaptiveAvgPool2d", 2, outputSize);
  }
}
