package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * A convolution over volumes. Shapes: [N, in, D, H, W] -> [N, out, D', H', W'], or the same without
 * N, with D' = floor((D + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1, H' and W'
 * alike. Source: torch.nn.Conv3d.
 */
public final class Conv3d extends Convolution {
  private static final String NAME = "Conv3d";

  /** A kernel as long on all axes, stride 1, no padding. Errors: ARGUMENT. */
  public Conv3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options -> options);
  }

  /** A kernel, its stride and padding, the same on all axes. Errors: ARGUMENT. */
  public Conv3d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** A kernel as long on all axes, and options. Errors: ARGUMENT. */
  public Conv3d(
      int inChannels, int outChannels, int kernelSize, UnaryOperator<ConvOptions> options) {
    this(inChannels, outChannels, IntTuple.of(kernelSize), options);
  }

  /** A kernel and options. Errors: ARGUMENT, naming argument, expected and found. */
  public Conv3d(
      int inChannels, int outChannels, IntTuple kernelSize, UnaryOperator<ConvOptions> options) {
    super(
        NAME,
        inChannels,
        outChannels,
        Arguments.positive(NAME, "kernelSize", kernelSize, 3),
        options.apply(ConvOptions.defaults()).checked(NAME, 3));
  }
}
