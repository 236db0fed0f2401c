package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Instance normalisation of [N, C, D, H, W] or [C, D, H, W]. Source: torch.nn.InstanceNorm3d. */
public final class InstanceNorm3d extends InstanceNorm {

  /** With eps 1e-5, no scale and shift, no running statistics. Errors: ARGUMENT below 1. */
  public InstanceNorm3d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public InstanceNorm3d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("InstanceNorm3d", numFeatures, "D, H, W", options);
  }
}
