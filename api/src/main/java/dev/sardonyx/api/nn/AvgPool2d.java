package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * The mean of each window. Shapes: [N, C, H, W] -> [N, C, H', W'], or the same without N. Source:
 * torch.nn.AvgPool2d.
 */
public final class AvgPool2d implements UnaryModule {
  private static final String NAME = "AvgPool2d";

  private final IntPair kernelSize;
  private final AvgPoolOptions options;

  /** A square window that moves as far as it is large. Errors: ARGUMENT. */
  public AvgPool2d(int kernelSize) {
    this(kernelSize, options -> options);
  }

  /** A square window and how far it moves. Errors: ARGUMENT. */
  public AvgPool2d(int kernelSize, int stride) {
    this(kernelSize, options -> options.stride(stride));
  }

  /** A square window and options. Errors: ARGUMENT. */
  public AvgPool2d(int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    this(IntPair.of(kernelSize), options);
  }

  /** A window and options. Errors: ARGUMENT, naming argument, expected and found. */
  public AvgPool2d(IntPair kernelSize, UnaryOperator<AvgPoolOptions> options) {
    this.kernelSize = kernelSize;
    this.options = options.apply(AvgPoolOptions.defaults()).checked(NAME, kernelSize);
  }

  /** The pooled images. Errors: SHAPE for another rank, or where the window exceeds the input. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::pooled);
  }

  private Tensor pooled(Tensor x) {
    Arguments.requireShape(NAME, x, "N, C, H, W", "C, H, W");
    return Pooling.average(x, kernelSize, options);
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME);
  }

  @Override
  public String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(kernelSize, options.stride().orElse(kernelSize), options.padding());
  }
}
