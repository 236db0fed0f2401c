package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over images. Shapes: [N, in, H, W] -> [N, out, H', W'], or the same without N, with
 * H' = floor((H + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1. Source:
 * torch.nn.Conv2d.
 */
public final class Conv2d implements UnaryModule {
  private static final String NAME = "Conv2d";

  private final int inChannels;
  private final int outChannels;
  private final IntPair kernelSize;
  private final ConvOptions options;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** A square kernel, stride 1, no padding. Errors: ARGUMENT. */
  public Conv2d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options -> options);
  }

  /** A square kernel, its stride and padding. Errors: ARGUMENT. */
  public Conv2d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** A square kernel and options. Errors: ARGUMENT. */
  public Conv2d(
      int inChannels, int outChannels, int kernelSize, UnaryOperator<ConvOptions> options) {
    this(inChannels, outChannels, IntPair.of(kernelSize), options);
  }

  /** A kernel and options. Errors: ARGUMENT, naming argument, expected and found. */
  public Conv2d(
      int inChannels, int outChannels, IntPair kernelSize, UnaryOperator<ConvOptions> options) {
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = kernelSize;
    this.options = options.apply(ConvOptions.defaults()).checked(NAME);
    int groups = this.options.groups();
    Arguments.requireAtLeast(NAME, "inChannels", inChannels, 1);
    Arguments.requireAtLeast(NAME, "outChannels", outChannels, 1);
    Arguments.requireAtLeast(NAME, "kernelSize", kernelSize, 1);
    Arguments.requireDivisible(NAME, "inChannels", inChannels, groups);
    Arguments.requireDivisible(NAME, "outChannels", outChannels, groups);
    Shape shape =
        Shape.of(outChannels, inChannels / groups, kernelSize.height(), kernelSize.width());
    long fanIn = shape.product(1, 4).fixed();
    weight = Initialization.weight(shape, fanIn);
    bias = this.options.bias() ? Initialization.bias(outChannels, fanIn) : null;
  }

  /** [out, in / groups, kernel height, kernel width]. */
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
    return Operations.inModule(this, x, this::convolved);
  }

  private Tensor convolved(Tensor x) {
    Arguments.requireShape(NAME, x, "N, " + inChannels + ", H, W", inChannels + ", H, W");
    return Products.conv2d(x, weight, bias, options);
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("weight", weight).add("bias", bias);
  }

  /** Source: torch _ConvNd.extra_repr, which leaves out padding 0, dilation 1, groups 1. */
  @Override
  public String extraRepr() {
    var text = new StringBuilder();
    text.append(inChannels).append(", ").append(outChannels);
    text.append(", kernel_size=").append(kernelSize.asTuple());
    text.append(", stride=").append(options.stride().asTuple());
    if (!options.padding().isBoth(0)) {
      text.append(", padding=").append(options.padding().asTuple());
    }
    if (!options.dilation().isBoth(1)) {
      text.append(", dilation=").append(options.dilation().asTuple());
    }
    if (options.groups() != 1) {
      text.append(", groups=").append(options.groups());
    }
    return text.append(bias == null ? ", bias=False" : "").toString();
  }
}
