package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/** A convolution over one to three axes. Source: torch.nn.modules.conv._ConvNd. */
public abstract sealed class Convolution extends ConvolutionLayer permits Conv1d, Conv2d, Conv3d {
  private final IntTuple kernelSize;
  private final ConvOptions options;

  Convolution(String name, int in, int out, IntTuple kernelSize, ConvOptions options) {
    super(name, in, out, options.groups(), options.bias(), false, kernelSize);
    this.kernelSize = kernelSize;
    this.options = options;
  }

  @Override
  final Tensor convolved(Tensor x) {
    return Convolutions.convolve(name, x, weight, bias, options, rank);
  }

  @Override
  public String extraRepr() {
    return text(
        kernelSize,
        options.stride(),
        options.padding(),
        options.dilation(),
        IntTuple.of(0),
        options.groups(),
        options.paddingMode());
  }
}
