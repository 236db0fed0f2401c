package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * A transposed convolution over volumes. Shapes: [N, in, D, H, W] -> [N, out, D', H', W'], or the
 * same without N, with D' = (D - 1) * stride - 2 * padding + dilation * (kernel - 1) +
 * outputPadding + 1, H' and W' alike. Source: torch.nn.ConvTranspose3d.
 */
public final class ConvTranspose3d extends TransposedConvolution {
  private static final String NAME = "ConvTranspose3d";

  /** A kernel as long on all axes, stride 1, no padding. Errors: ARGUMENT. */
  public ConvTranspose3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options -> options);
  }

  /** A kernel as long on all axes, and options. Errors: ARGUMENT. */
  public ConvTranspose3d(
      int inChannels,
      int outChannels,
      int kernelSize,
      UnaryOperator<ConvTransposeOptions> options) {
    this(inChannels, outChannels, IntTuple.of(kernelSize), options);
  }

  /** A kernel and options. Errors: ARGUMENT, naming argument, expected and found. */
  public ConvTranspose3d(
      int inChannels,
      int outChannels,
      IntTuple kernelSize,
      UnaryOperator<ConvTransposeOptions> options) {
    super(
        NAME,
        inChannels,
        outChannels,
        Arguments.positive(NAME, "kernelSize", kernelSize, 3),
        options.apply(ConvTransposeOptions.defaults()).checked(NAME, 3));
  }
}
