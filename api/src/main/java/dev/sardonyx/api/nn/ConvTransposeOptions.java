package dev.sardonyx.api.nn;

/**
 * The arguments of a transposed convolution that have defaults: {@code o -> o.stride(2)}. Each
 * method gives a changed copy; one number counts for all axes. Source: torch.nn.ConvTranspose2d.
 */
public record ConvTransposeOptions(
    IntTuple stride,
    IntTuple padding,
    IntTuple outputPadding,
    int groups,
    boolean bias,
    IntTuple dilation) {
  private static final ConvTransposeOptions DEFAULTS =
      new ConvTransposeOptions(
          IntTuple.of(1), IntTuple.of(0), IntTuple.of(0), 1, true, IntTuple.of(1));

  /** Stride 1, no padding at all, one group, with bias, dilation 1. */
  public static ConvTransposeOptions defaults() {
    return DEFAULTS;
  }

  /** How far the kernel moves over the output. */
  public ConvTransposeOptions stride(int... numbers) {
    return stride(IntTuple.of(numbers));
  }

  /** How far the kernel moves over the output. */
  public ConvTransposeOptions stride(IntTuple changed) {
    return new ConvTransposeOptions(changed, padding, outputPadding, groups, bias, dilation);
  }

  /** What is cut off the output, on each side. */
  public ConvTransposeOptions padding(int... numbers) {
    return padding(IntTuple.of(numbers));
  }

  /** What is cut off the output, on each side. */
  public ConvTransposeOptions padding(IntTuple changed) {
    return new ConvTransposeOptions(stride, changed, outputPadding, groups, bias, dilation);
  }

  /** By how much the output is larger at its end. */
  public ConvTransposeOptions outputPadding(int... numbers) {
    return outputPadding(IntTuple.of(numbers));
  }

  /** By how much the output is larger at its end. */
  public ConvTransposeOptions outputPadding(IntTuple changed) {
    return new ConvTransposeOptions(stride, padding, changed, groups, bias, dilation);
  }

  /** In how many groups the channels are convolved, each apart from the others. */
  public ConvTransposeOptions groups(int changed) {
    return new ConvTransposeOptions(stride, padding, outputPadding, changed, bias, dilation);
  }

  /** Whether a learned number is added to each output channel. */
  public ConvTransposeOptions bias(boolean changed) {
    return new ConvTransposeOptions(stride, padding, outputPadding, groups, changed, dilation);
  }

  /** The distance of the kernel's elements. */
  public ConvTransposeOptions dilation(int... numbers) {
    return dilation(IntTuple.of(numbers));
  }

  /** The distance of the kernel's elements. */
  public ConvTransposeOptions dilation(IntTuple changed) {
    return new ConvTransposeOptions(stride, padding, outputPadding, groups, bias, changed);
  }

  /** The same with a number for each axis. Errors: ARGUMENT, naming the layer. */
  ConvTransposeOptions checked(String layer, int rank) {
    Arguments.requireAtLeast(layer, "groups", groups, 1);
    var result =
        new ConvTransposeOptions(
            Arguments.positive(layer, "stride", stride, rank),
            Arguments.atLeast(layer, "padding", padding, rank, 0),
            Arguments.atLeast(layer, "outputPadding", outputPadding, rank, 0),
            groups,
            bias,
            Arguments.positive(layer, "dilation", dilation, rank));
    for (int axis = 0; axis < rank; axis++) {
      int bound = Math.max(result.stride.get(axis), result.dilation.get(axis));
      boolean law = result.outputPadding.get(axis) < bound;
      Arguments.require(
          law, layer, "outputPadding", "less than stride or dilation", result.outputPadding);
    }
    return result;
  }
}
