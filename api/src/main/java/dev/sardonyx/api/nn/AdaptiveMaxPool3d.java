package dev.sardonyx.api.nn;

/**
 * The largest elements of as many windows as the output is to have. Shapes: [N, C, D, H, W] -> [N,
 * C, D', H', W'], or the same without N. Source: torch.nn.AdaptiveMaxPool3d.
 */
public final class AdaptiveMaxPool3d extends AdaptiveMaxPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveMaxPool3d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveMaxPool3d(IntTuple outputSize) {
    super("AdaptiveMaxPool3d", 3, outputSize);
  }
}
