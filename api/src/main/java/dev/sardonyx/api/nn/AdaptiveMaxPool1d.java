package dev.sardonyx.api.nn;

/**
 * The largest elements of as many windows as the output is to have. Shapes: [N, C, L] -> [N, C,
 * L'], or the same without N. Source: torch.nn.AdaptiveMaxPool1d.
 */
public final class AdaptiveMaxPool1d extends AdaptiveMaxPool {

  /** An output as long on all axes. Errors: ARGUMENT below 1. */
  public AdaptiveMaxPool1d(int outputSize) {
    this(IntTuple.of(outputSize));
  }

  /**
   * An output of these sizes; {@link IntTuple#NONE} keeps the input's. Errors: ARGUMENT below 1.
   */
  public AdaptiveMaxPool1d(IntTuple outputSize) {
    super("AdaptiveMaxPool1d", 1, outputSize);
  }
}
