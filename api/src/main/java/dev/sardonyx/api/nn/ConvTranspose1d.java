package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * A transposed convolution over sequences. Shapes: [N, in, L] -> [N, out, L'], or the same without
 * N, with L' = (L - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1.
 * Source: torch.nn.ConvTranspose1d.
 */
public final class ConvTranspose1d extends TransposedConvolution {
  private static final String NAME = "ConvTranspose1d";

  /** A kernel as long on all axes, stride 1, no padding. Errors: ARGUMENT. */
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options -> options);
  }

  /** A kernel as long on all axes, and options. Errors: ARGUMENT. */
  public ConvTranspose1d(
      int inChannels,
      int outChannels,
      int kernelSize,
      UnaryOperator<ConvTransposeOptions> options) {
    this(inChannels, outChannels, IntTuple.of(kernelSize), options);
  }

  /** A kernel and options. Errors: ARGUMENT, naming argument, expected and found. */
  public ConvTranspose1d(
      int inChannels,
      int outChannels,
      IntTuple kernelSize,
      UnaryOperator<ConvTransposeOptions> options) {
    super(
        NAME,
        inChannels,
        outChannels,
        Arguments.positive(NAME, "kernelSize", kernelSize, 1),
        options.apply(ConvTransposeOptions.defaults()).checked(NAME, 1));
  }
}
