package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Instance normalisation of [N, C, L] or [C, L]. Source: torch.nn.InstanceNorm1d. */
public final class InstanceNorm1d extends InstanceNorm {

  /** With eps 1e-5, no scale and shift, no running statistics. Errors: ARGUMENT below 1. */
  public InstanceNorm1d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public InstanceNorm1d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("InstanceNorm1d", numFeatures, "L", options);
  }
}
