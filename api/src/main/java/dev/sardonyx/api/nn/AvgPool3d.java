package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/**
 * The mean of each window. Shapes: [N, C, D, H, W] -> [N, C, D', H', W'], or the same without N.
 * Source: torch.nn.AvgPool3d.
 */
public final class AvgPool3d extends AvgPool {

  /** A window as long on all axes, which moves as far as it is large. Errors: ARGUMENT. */
  public AvgPool3d(int kernelSize) {
    this(kernelSize, options -> options);
  }

  /** A window as long on all axes, and how far it moves. Errors: ARGUMENT. */
  public AvgPool3d(int kernelSize, int stride) {
    this(kernelSize, options -> options.stride(stride));
  }

  /** A window as long on all axes, and options. Errors: ARGUMENT. */
  public AvgPool3d(int kernelSize, UnaryOperator<AvgPoolOptions> options) {
    this(IntTuple.of(kernelSize), options);
  }

  /** A window and options. Errors: ARGUMENT, naming argument, expected and found. */
  public AvgPool3d(IntTuple kernelSize, UnaryOperator<AvgPoolOptions> options) {
    super("AvgPool3d", 3, kernelSize, options.apply(AvgPoolOptions.defaults()));
  }
}
