package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/**
 * With d the absolute difference: 0.5 * d * d / beta where d is below beta, else d - 0.5 * beta;
 * L1Loss for beta 0. Source: torch.nn.SmoothL1Loss.
 */
public final class SmoothL1Loss extends Loss {
  private static final String NAME = "SmoothL1Loss";

  private final Reduction reduction;
  private final double beta;

  /** The mean, with beta 1. */
  public SmoothL1Loss() {
    this(Reduction.MEAN, 1);
  }

  /** With a reduction, and beta 1. Errors: ARGUMENT for BATCHMEAN. */
  public SmoothL1Loss(Reduction reduction) {
    this(reduction, 1);
  }

  /** The mean, with another beta. Errors: as below. */
  public SmoothL1Loss(double beta) {
    this(Reduction.MEAN, beta);
  }

  /** With both. Errors: ARGUMENT for BATCHMEAN or beta below 0. */
  public SmoothL1Loss(Reduction reduction, double beta) {
    super(NAME);
    this.reduction = reduction.checked(NAME);
    Arguments.require(beta >= 0, NAME, "beta", "0 or more", beta);
    this.beta = beta;
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.smoothL1Loss(input, target, reduction, beta);
  }
}
