package dev.sardonyx.api.nn;

import java.util.Optional;

/**
 * The arguments of an average pool that have defaults: {@code o -> o.stride(2).padding(1)}. Each
 * method gives a changed copy. Source: torch.nn.AvgPool2d.
 *
 * @param stride how far the window moves; empty means as far as the window is large
 */
public record AvgPoolOptions(
    Optional<IntPair> stride, IntPair padding, boolean ceilMode, boolean countIncludePad) {
  private static final AvgPoolOptions DEFAULTS =
      new AvgPoolOptions(Optional.empty(), IntPair.of(0), false, true);

  /** Stride as large as the window, padding 0, output size rounded down, padding counted. */
  public static AvgPoolOptions defaults() {
    return DEFAULTS;
  }

  /** How far the window moves. */
  public AvgPoolOptions stride(int both) {
    return stride(IntPair.of(both));
  }

  /** How far the window moves. */
  public AvgPoolOptions stride(int height, int width) {
    return stride(IntPair.of(height, width));
  }

  /** How far the window moves. */
  public AvgPoolOptions stride(IntPair changed) {
    return new AvgPoolOptions(Optional.of(changed), padding, ceilMode, countIncludePad);
  }

  /** Zeros put around the input; at most half of the window. */
  public AvgPoolOptions padding(int both) {
    return padding(IntPair.of(both));
  }

  /** Zeros put around the input; at most half of the window. */
  public AvgPoolOptions padding(int height, int width) {
    return padding(IntPair.of(height, width));
  }

  /** Zeros put around the input; at most half of the window. */
  public AvgPoolOptions padding(IntPair changed) {
    return new AvgPoolOptions(stride, changed, ceilMode, countIncludePad);
  }

  /** Whether the output's size is rounded up. */
  public AvgPoolOptions ceilMode(boolean changed) {
    return new AvgPoolOptions(stride, padding, changed, countIncludePad);
  }

  /** Whether padding counts among the averaged elements. */
  public AvgPoolOptions countIncludePad(boolean changed) {
    return new AvgPoolOptions(stride, padding, ceilMode, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  AvgPoolOptions checked(String layer, IntPair kernel) {
    Arguments.requirePool(layer, kernel, stride.orElse(kernel), padding, IntPair.of(1));
    return this;
  }
}
