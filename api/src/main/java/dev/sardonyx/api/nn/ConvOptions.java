package dev.sardonyx.api.nn;

/**
 * The arguments of a convolution that have defaults: {@code o -> o.stride(2).padding(3)}. Each
 * method gives a changed copy. Source: torch.nn.Conv2d.
 */
public record ConvOptions(
    IntPair stride, IntPair padding, IntPair dilation, int groups, boolean bias) {
  private static final ConvOptions DEFAULTS =
      new ConvOptions(IntPair.of(1), IntPair.of(0), IntPair.of(1), 1, true);

  /** Stride 1, padding 0, dilation 1, one group, with bias. */
  public static ConvOptions defaults() {
    return DEFAULTS;
  }

  /** How far the kernel moves. */
  public ConvOptions stride(int both) {
    return stride(IntPair.of(both));
  }

  /** How far the kernel moves. */
  public ConvOptions stride(int height, int width) {
    return stride(IntPair.of(height, width));
  }

  /** How far the kernel moves. */
  public ConvOptions stride(IntPair changed) {
    return new ConvOptions(changed, padding, dilation, groups, bias);
  }

  /** Zeros put around the input, on each side. */
  public ConvOptions padding(int both) {
    return padding(IntPair.of(both));
  }

  /** Zeros put around the input, on each side. */
  public ConvOptions padding(int height, int width) {
    return padding(IntPair.of(height, width));
  }

  /** Zeros put around the input, on each side. */
  public ConvOptions padding(IntPair changed) {
    return new ConvOptions(stride, changed, dilation, groups, bias);
  }

  /** The distance of the kernel's elements. */
  public ConvOptions dilation(int both) {
    return dilation(IntPair.of(both));
  }

  /** The distance of the kernel's elements. */
  public ConvOptions dilation(int height, int width) {
    return dilation(IntPair.of(height, width));
  }

  /** The distance of the kernel's elements. */
  public ConvOptions dilation(IntPair changed) {
    return new ConvOptions(stride, padding, changed, groups, bias);
  }

  /** In how many groups the channels are convolved, each apart from the others. */
  public ConvOptions groups(int changed) {
    return new ConvOptions(stride, padding, dilation, changed, bias);
  }

  /** Whether a learned number is added to each output channel. */
  public ConvOptions bias(boolean changed) {
    return new ConvOptions(stride, padding, dilation, groups, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  ConvOptions checked(String layer) {
    Arguments.requireAtLeast(layer, "stride", stride, 1);
    Arguments.requireAtLeast(layer, "padding", padding, 0);
    Arguments.requireAtLeast(layer, "dilation", dilation, 1);
    Arguments.requireAtLeast(layer, "groups", groups, 1);
    return this;
  }
}
