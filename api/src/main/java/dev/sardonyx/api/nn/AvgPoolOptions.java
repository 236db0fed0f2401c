package dev.sardonyx.api.nn;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The arguments of an average pool that have defaults: {@code o -> o.stride(2).padding(1)}. Each
 * method gives a changed copy; one number counts for all axes. Source: torch.nn.AvgPool2d.
 *
 * @param stride how far the window moves; empty means as far as the window is large
 * @param divisorOverride what the sum of a window is divided by; empty means the elements counted
 */
public record AvgPoolOptions(
    Optional<IntTuple> stride,
    IntTuple padding,
    boolean ceilMode,
    boolean countIncludePad,
    OptionalInt divisorOverride) {
  private static final AvgPoolOptions DEFAULTS =
      new AvgPoolOptions(Optional.empty(), IntTuple.of(0), false, true, OptionalInt.empty());

  /** Stride as large as the window, padding 0, output size rounded down, padding counted. */
  public static AvgPoolOptions defaults() {
    return DEFAULTS;
  }

  /** How far the window moves. */
  public AvgPoolOptions stride(int... numbers) {
    return stride(IntTuple.of(numbers));
  }

  /** How far the window moves. */
  public AvgPoolOptions stride(IntTuple changed) {
    return new AvgPoolOptions(
        Optional.of(changed), padding, ceilMode, countIncludePad, divisorOverride);
  }

  /** Zeros put around the input; at most half of the window. */
  public AvgPoolOptions padding(int... numbers) {
    return padding(IntTuple.of(numbers));
  }

  /** Zeros put around the input; at most half of the window. */
  public AvgPoolOptions padding(IntTuple changed) {
    return new AvgPoolOptions(stride, changed, ceilMode, countIncludePad, divisorOverride);
  }

  /** Whether the output's size is rounded up. */
  public AvgPoolOptions ceilMode(boolean changed) {
    return new AvgPoolOptions(stride, padding, changed, countIncludePad, divisorOverride);
  }

  /** Whether padding counts among the averaged elements. */
  public AvgPoolOptions countIncludePad(boolean changed) {
    return new AvgPoolOptions(stride, padding, ceilMode, changed, divisorOverride);
  }

  /** What the sum of a window is divided by, whatever counts; AvgPool1d does not have it. */
  public AvgPoolOptions divisorOverride(int changed) {
    return new AvgPoolOptions(stride, padding, ceilMode, countIncludePad, OptionalInt.of(changed));
  }

  /** Errors: ARGUMENT, naming the layer. */
  AvgPoolOptions checked(String layer, IntTuple kernel, int rank) {
    Arguments.requirePool(layer, rank, kernel, stride.orElse(kernel), padding, IntTuple.of(1));
    boolean law = divisorOverride.isEmpty() || rank > 1 && divisorOverride.getAsInt() != 0;
    String expected = rank > 1 ? "not 0" : "left out with one spatial axis";
    Arguments.require(law, layer, "divisorOverride", expected, divisorOverride.orElse(0));
    return this;
  }
}
