package dev.sardonyx.api.nn;

import java.util.function.UnaryOperator;

/** Batch normalisation of [N, C] or [N, C, L]. Source: torch.nn.BatchNorm1d. */
public final class BatchNorm1d extends BatchNorm {

  /** With eps 1e-5, learned scale and shift, running statistics. Errors: ARGUMENT below 1. */
  public BatchNorm1d(int numFeatures) {
    this(numFeatures, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public BatchNorm1d(int numFeatures, UnaryOperator<NormOptions> options) {
    super("BatchNorm1d", numFeatures, options);
  }

  @Override
  String[] shapes(int channels) {
    return new String[] {"N, " + channels, "N, " + channels + ", L"};
  }
}
