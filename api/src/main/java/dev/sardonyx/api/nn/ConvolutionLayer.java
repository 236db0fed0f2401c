package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What convolutions and transposed ones share. Source: torch.nn.modules.conv._ConvNd. */
abstract sealed class ConvolutionLayer implements UnaryModule
    permits Convolution, TransposedConvolution {
  final String name;
  final int rank;
  final Parameter weight;
  final @Nullable Parameter bias;
  private final int inChannels;
  private final int outChannels;

  /** Draws the weights as PyTorch does. Errors: ARGUMENT. */
  ConvolutionLayer(
      String name, int in, int out, int groups, boolean bias, boolean transposed, IntTuple kernel) {
    Arguments.requireAtLeast(name, "inChannels", in, 1);
    Arguments.requireAtLeast(name, "outChannels", out, 1);
    Arguments.requireDivisible(name, "inChannels", in, groups);
    Arguments.requireDivisible(name, "outChannels", out, groups);
    this.name = name;
    rank = kernel.numbers().size();
    inChannels = in;
    outChannels = out;
    long[] sizes = new long[rank + 2];
    sizes[0] = transposed ? in : out;
    sizes[1] = (transposed ? out : in) / groups;
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis + 2] = kernel.get(axis);
    }
    Shape shape = Shape.of(sizes);
    long fanIn = shape.product(1, rank + 2).fixed();
    weight = Initialization.weight(shape, fanIn);
    this.bias = bias ? Initialization.bias(out, fanIn) : null;
  }

  /**
   * The kernels. Shape: [out, in / groups, kernel...], transposed [in, out / groups, kernel...].
   */
  public Parameter weight() {
    return weight;
  }

  /** [out], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The convolved images. Errors: SHAPE where channels differ or the kernel exceeds the input. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::checked);
  }

  private Tensor checked(Tensor x) {
    requireInput(x);
    return convolved(x);
  }

  final void requireInput(Tensor x) {
    Spatial.require(name, x, inChannels, rank);
    Arguments.requireDType(name, x, weight.dtype());
  }

  abstract Tensor convolved(Tensor x);

  @Override
  public Structure structure() {
    return Structure.of(name).add("weight", weight).add("bias", bias);
  }

  /** Source: torch _ConvNd.extra_repr, which leaves out what has its default. */
  final String text(
      IntTuple kernel,
      IntTuple stride,
      Padding padding,
      IntTuple dilation,
      IntTuple outputPadding,
      int groups,
      PaddingMode mode) {
    var text = new StringBuilder();
    text.append(inChannels).append(", ").append(outChannels);
    text.append(", kernel_size=").append(kernel).append(", stride=").append(stride);
    if (!(padding instanceof Padding.Explicit(IntTuple numbers) && numbers.isAll(0))) {
      text.append(", padding=").append(padding);
    }
    if (!dilation.isAll(1)) {
      text.append(", dilation=").append(dilation);
    }
    if (!outputPadding.isAll(0)) {
      text.append(", output_padding=").append(outputPadding);
    }
    if (groups != 1) {
      text.append(", groups=").append(groups);
    }
    text.append(bias == null ? ", bias=False" : "");
    return mode == PaddingMode.ZEROS
        ? text.toString()
        : text.append(", padding_mode=").append(mode).toString();
  }
}
