package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Batch normalisation of [N, C, H, W]. Source: torch.nn.BatchNorm2d. */
public final class BatchNorm2d extends BatchNorm {

  /** With eps 1e-5, learned scale and shift, running statistics. Errors: ARGUMENT below 1. */
  public BatchNorm2d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public BatchNorm2d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("BatchNorm2d", numFeatures, options);
  }

  @Override
  String[] shapes(int channels) {
    return new String[] {"N, " + channels + ", H, W"};
  }
}
