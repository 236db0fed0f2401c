package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * The largest element of each window. Shapes: [N, C, D, H, W] -> [N, C, D', H', W'], or the same
 * without N. Source: torch.nn.MaxPool3d.
 */
public final class MaxPool3d extends MaxPool {

  /** A window as long on all axes, which moves as far as it is large. Errors: ARGUMENT. */
  public MaxPool3d(int kernelSize) {
    this(kernelSize, options -> options);
  }

  /** A window as long on all axes, and how far it moves. Errors: ARGUMENT. */
  public MaxPool3d(int kernelSize, int stride) {
    this(kernelSize, options -> options.stride(stride));
  }

  /** A window as long on all axes, and options. Errors: ARGUMENT. */
  public MaxPool3d(int kernelSize, UnaryOperator<MaxPoolOptions> options) {
    this(IntTuple.of(kernelSize), options);
  }

  /** A window and options. Errors: ARGUMENT, naming argument, expected and found. */
  public MaxPool3d(IntTuple kernelSize, UnaryOperator<MaxPoolOptions> options) {
    super("MaxPool3d", 3, kernelSize, options.apply(MaxPoolOptions.defaults()));
  }
}
