package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/**
 * A transposed convolution over one to three axes: what the input's elements give when each is
 * spread over the output by the kernel. Source: torch.nn.modules.conv._ConvTransposeNd.
 */
public abstract sealed class TransposedConvolution extends ConvolutionLayer
    permits ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
  private final IntTuple kernelSize;
  private final ConvTransposeOptions options;

  TransposedConvolution(
      String name, int in, int out, IntTuple kernelSize, ConvTransposeOptions options) {
    super(name, in, out, options.groups(), options.bias(), true, kernelSize);
    this.kernelSize = kernelSize;
    this.options = options;
  }

  /**
   * The output of a given size, which stands for outputPadding. Errors: ARGUMENT for a size that no
   * outputPadding gives, SHAPE where the input's spatial dims are not known.
   */
  public Tensor forward(Tensor x, IntTuple outputSize) {
    return Operations.inModule(this, List.of(x), () -> List.of(sized(x, outputSize))).getFirst();
  }

  private Tensor sized(Tensor x, IntTuple outputSize) {
    requireInput(x);
    IntTuple padding = Convolutions.outputPadding(name, x, kernelSize, options, outputSize);
    return Convolutions.transpose(name, x, weight, bias, options.outputPadding(padding), rank);
  }

  @Override
  final Tensor convolved(Tensor x) {
    return Convolutions.transpose(name, x, weight, bias, options, rank);
  }

  @Override
  public String extraRepr() {
    return text(
        kernelSize,
        options.stride(),
        new Padding.Explicit(options.padding()),
        options.dilation(),
        options.outputPadding(),
        options.groups(),
        PaddingMode.ZEROS);
  }
}
