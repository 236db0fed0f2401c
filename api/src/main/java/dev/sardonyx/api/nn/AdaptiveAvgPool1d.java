package dev.sardonyx.api.nn;

/**
 * Means over as many windows as the output is to have. Shapes: [N, C, L] -> [N, C, L'], or the same
 * without N. Source: torch.nn.AdaptiveAvgPool1d.
 */
public final class AdaptiveAvgPool1d extends AdaptiveAvgPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveAvgPool1d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveAvgPool1d(IntTuple outputSize) {
    super("AdaptiveAvgPool1d", 1, outputSize);
  }
}
