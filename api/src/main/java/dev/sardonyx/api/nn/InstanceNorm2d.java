package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Instance normalisation of [N, C, H, W] or [C, H, W]. Source: torch.nn.InstanceNorm2d. */
public final class InstanceNorm2d extends InstanceNorm {

  /** With eps 1e-5, no scale and shift, no running statistics. Errors: ARGUMENT below 1. */
  public InstanceNorm2d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public InstanceNorm2d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("InstanceNorm2d", numFeatures, "H, W", options);
  }
}
