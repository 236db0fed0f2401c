package dev.sardonyx.api.nn;

/**
 * The largest elements of as many windows as the output is to have. Shapes: [N, C, H, W] -> [N, C,
 * H', W'], or the same without N. Source: torch.nn.AdaptiveMaxPool2d.
 */
public final class AdaptiveMaxPool2d extends AdaptiveMaxPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveMaxPool2d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /** An output of this height and width. Errors: ARGUMENT below 1. */
  public AdaptiveMaxPool2d(int height, int width) {
    this(IntTuple.of(height, width));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveMaxPool2d(IntTuple outputSize) {
    super("AdaptiveMaxPool2d", 2, outputSize);
  }
}
