package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * The largest element of each window. Shapes: [N, C, H, W] -> [N, C, H', W'], or the same without
 * N. Source: torch.nn.MaxPool2d.
 */
public final class MaxPool2d extends MaxPool {

  /** A window as long on all axes, which moves as far as it is large. Errors: ARGUMENT. */
  public MaxPool2d(int kernelSize) {
    this(kernelSize, options -> options);
  }

  /** A window as long on all axes, and how far it moves. Errors: ARGUMENT. */
  public MaxPool2d(int kernelSize, int stride) {
    this(kernelSize, options -> options.stride(stride));
  }

  /** A window as long on all axes, and options. Errors: ARGUMENT. */
  public MaxPool2d(int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    this(IntTuple.of(kernelSize), options);
  }

  /** A window and options. Errors: ARGUMENT, naming argument, expected and found. */
  public MaxPool2d(IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    super("MaxPool2d", 2, kernelSize, options.apply(MaxPoolOptions.defaults()));
  }
}
