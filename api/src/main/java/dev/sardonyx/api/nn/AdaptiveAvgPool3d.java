package dev.sardonyx.api.nn;

/**
 * Means over as many windows as the output is to have. Shapes: [N, C, D, H, W] -> [N, C, D', H',
 * W'], or the same without N. Source: torch.nn.AdaptiveAvgPool3d.
 */
public final class AdaptiveAvgPool3d extends AdaptiveAvgPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool3d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveAvgPool3d(IntTuple outputSize) {
    super("AdaptiveAvgPool3d", 3, outputSize);
  }
}
