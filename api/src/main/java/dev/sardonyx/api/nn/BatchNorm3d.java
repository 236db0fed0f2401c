package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Batch normalisation of [N, C, D, H, W]. Source: torch.nn.BatchNorm3d. */
public final class BatchNorm3d extends BatchNorm {

  /** With eps 1e-5, learned scale and shift, running statistics. Errors: ARGUMENT below 1. */
  public BatchNorm3d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public BatchNorm3d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("BatchNorm3d", numFeatures, options);
  }

  @Override
  String[] shapes(int channels) {
    return new String[] {"N, " + channels + ", D, H, W"};
  }
}
