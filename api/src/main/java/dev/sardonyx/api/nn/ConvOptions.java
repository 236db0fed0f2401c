package dev.sardonyx.api.nn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The arguments of a convolution that have defaults: {@code o -> o.stride(2).padding(3)}. Each
 * method gives a changed copy; one number counts for all axes. Source: torch.nn.Conv2d.
 */
public record ConvOptions(
    IntTuple stride,
    Padding padding,
    IntTuple dilation,
    int groups,
    boolean bias,
    PaddingMode paddingMode) {
  private static final ConvOptions DEFAULTS =
      new ConvOptions(IntTuple.of(1), Padding.of(0), IntTuple.of(1), 1, true, PaddingMode.ZEROS);

  /** Stride 1, padding 0, dilation 1, one group, with bias. */
  public static ConvOptions defaults() {
    return DEFAULTS;
  }

  /** How far the kernel moves. */
  public ConvOptions stride(int... numbers) {
    return stride(IntTuple.of(numbers));
  }

  /** How far the kernel moves. */
  public ConvOptions stride(IntTuple changed) {
    return new ConvOptions(changed, padding, dilation, groups, bias, paddingMode);
  }

  /** What is put around the input, on each side. */
  public ConvOptions padding(int... numbers) {
    return padding(Padding.of(numbers));
  }

  /** What is put around the input: {@link Padding#SAME} for one. */
  public ConvOptions padding(Padding changed) {
    return new ConvOptions(stride, changed, dilation, groups, bias, paddingMode);
  }

  /** The distance of the kernel's elements. */
  public ConvOptions dilation(int... numbers) {
    return dilation(IntTuple.of(numbers));
  }

  /** The distance of the kernel's elements. */
  public ConvOptions dilation(IntTuple changed) {
    return new ConvOptions(stride, padding, changed, groups, bias, paddingMode);
  }

  /** In how many groups the channels are convolved, each apart from the others. */
  public ConvOptions groups(int changed) {
    return new ConvOptions(stride, padding, dilation, changed, bias, paddingMode);
  }

  /** Whether a learned number is added to each output channel. */
  public ConvOptions bias(boolean changed) {
    return new ConvOptions(stride, padding, dilation, groups, changed, paddingMode);
  }

  /** What the padding consists of. */
  public ConvOptions paddingMode(PaddingMode changed) {
    return new ConvOptions(stride, padding, dilation, groups, bias, changed);
  }

  /** The same with a number for each axis. Errors: ARGUMENT, naming the layer. */
  ConvOptions checked(String layer, int rank) {
    IntTuple strides = Arguments.positive(layer, "stride", stride, rank);
    IntTuple dilations = Arguments.positive(layer, "dilation", dilation, rank);
    Arguments.requireAtLeast(layer, "groups", groups, 1);
    Padding pads =
        switch (padding) {
          case Padding.Explicit(IntTuple numbers) ->
              new Padding.Explicit(Arguments.atLeast(layer, "padding", numbers, rank, 0));
          case Padding.Automatic named -> named;
        };
    if (padding == Padding.SAME) {
      Arguments.require(strides.isAll(1), layer, "stride", "1 with padding same", strides);
    }
    return new ConvOptions(strides, pads, dilations, groups, bias, paddingMode);
  }

  /** What is put before and after each axis, of checked options. */
  List<Side> sides(IntTuple kernel) {
    return IntStream.range(0, kernel.numbers().size())
        .mapToObj(axis -> side(axis, kernel.get(axis)))
        .toList();
  }

  private Side side(int axis, int kernel) {
    return switch (padding) {
      case Padding.Explicit(IntTuple numbers) -> new Side(numbers.get(axis), numbers.get(axis));
      case Padding.Automatic.VALID -> new Side(0, 0);
      case Padding.Automatic.SAME -> {
        int all = Math.multiplyExact(dilation.get(axis), kernel - 1);
        yield new Side(all / 2, all - all / 2);
      }
    };
  }

  /** The padding of one axis. */
  record Side(int before, int after) {}
}
