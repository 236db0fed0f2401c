package dev.sardonyx.api.nn;

import java.util.Optional;

/**
 * The arguments of a max pool that have defaults: {@code o -> o.stride(2).padding(1)}. Each method
 * gives a changed copy. Source: torch.nn.MaxPool2d.
 *
 * @param stride how far the window moves; empty means as far as the window is large
 */
public record MaxPoolOptions(
    Optional<IntPair> stride, IntPair padding, IntPair dilation, boolean ceilMode) {
  private static final MaxPoolOptions DEFAULTS =
      new MaxPoolOptions(Optional.empty(), IntPair.of(0), IntPair.of(1), false);

  /** Stride as large as the window, padding 0, dilation 1, output size rounded down. */
  public static MaxPoolOptions defaults() {
    return DEFAULTS;
  }

  /** How far the window moves. */
  public MaxPoolOptions stride(int both) {
    return stride(IntPair.of(both));
  }

  /** How far the window moves. */
  public MaxPoolOptions stride(int height, int width) {
    return stride(IntPair.of(height, width));
  }

  /** How far the window moves. */
  public MaxPoolOptions stride(IntPair changed) {
    return new MaxPoolOptions(Optional.of(changed), padding, dilation, ceilMode);
  }

  /** Elements put around the input that never win; at most half of the window. */
  public MaxPoolOptions padding(int both) {
    return padding(IntPair.of(both));
  }

  /** Elements put around the input that never win; at most half of the window. */
  public MaxPoolOptions padding(int height, int width) {
    return padding(IntPair.of(height, width));
  }

  /** Elements put around the input that never win; at most half of the window. */
  public MaxPoolOptions padding(IntPair changed) {
    return new MaxPoolOptions(stride, changed, dilation, ceilMode);
  }

  /** The distance of the window's elements. */
  public MaxPoolOptions dilation(int both) {
    return dilation(IntPair.of(both));
  }

  /** The distance of the window's elements. */
  public MaxPoolOptions dilation(int height, int width) {
    return dilation(IntPair.of(height, width));
  }

  /** The distance of the window's elements. */
  public MaxPoolOptions dilation(IntPair changed) {
    return new MaxPoolOptions(stride, padding, changed, ceilMode);
  }

  /** Whether the output's size is rounded up. */
  public MaxPoolOptions ceilMode(boolean changed) {
    return new MaxPoolOptions(stride, padding, dilation, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  MaxPoolOptions checked(String layer, IntPair kernel) {
    Arguments.requireAtLeast(layer, "dilation", dilation, 1);
    Arguments.requirePool(layer, kernel, stride.orElse(kernel), padding, dilation);
    return this;
  }
}
