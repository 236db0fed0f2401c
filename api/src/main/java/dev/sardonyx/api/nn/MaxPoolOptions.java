package dev.sardonyx.api.nn;

import java.util.Optional;

/**
 * The arguments of a max pool that have defaults: {@code o -> o.stride(2).padding(1)}. Each method
 * gives a changed copy; one number counts for all axes. Source: torch.nn.MaxPool2d, whose
 * return_indices is a method of the layer here.
 *
 * @param stride how far the window moves; empty means as far as the window is large
 */
public record MaxPoolOptions(
    Optional<IntTuple> stride, IntTuple padding, IntTuple dilation, boolean ceilMode) {
  private static final MaxPoolOptions DEFAULTS =
      new MaxPoolOptions(Optional.empty(), IntTuple.of(0), IntTuple.of(1), false);

  /** Stride as large as the window, padding 0, dilation 1, output size rounded down. */
  public static MaxPoolOptions defaults() {
    return DEFAULTS;
  }

  /** How far the window moves. */
  public MaxPoolOptions stride(int... numbers) {
    return stride(IntTuple.of(numbers));
  }

  /** How far the window moves. */
  public MaxPoolOptions stride(IntTuple changed) {
    return new MaxPoolOptions(Optional.of(changed), padding, dilation, ceilMode);
  }

  /** Elements put around the input that never win; at most half of the window. */
  public MaxPoolOptions padding(int... numbers) {
    return padding(IntTuple.of(numbers));
  }

  /** Elements put around the input that never win; at most half of the window. */
  public MaxPoolOptions padding(IntTuple changed) {
    return new MaxPoolOptions(stride, changed, dilation, ceilMode);
  }

  /** The distance of the window's elements. */
  public MaxPoolOptions dilation(int... numbers) {
    return dilation(IntTuple.of(numbers));
  }

  /** The distance of the window's elements. */
  public MaxPoolOptions dilation(IntTuple changed) {
    return new MaxPoolOptions(stride, padding, changed, ceilMode);
  }

  /** Whether the output's size is rounded up. */
  public MaxPoolOptions ceilMode(boolean changed) {
    return new MaxPoolOptions(stride, padding, dilation, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  MaxPoolOptions checked(String layer, IntTuple kernel, int rank) {
    Arguments.positive(layer, "dilation", dilation, rank);
    Arguments.requirePool(layer, rank, kernel, stride.orElse(kernel), padding, dilation);
    return this;
  }
}
