package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/**
 * With d the absolute difference: 0.5 * d * d where d is at most delta, else delta * (d - 0.5 *
 * delta). Source: torch.nn.HuberLoss.
 */
public final class HuberLoss extends Loss {
  private static final String NAME = "HuberLoss";

  private final Reduction reduction;
  private final double delta;

  /** The mean, with delta 1. */
  public HuberLoss() {
    this(Reduction.MEAN, 1);
  }

  /** With a reduction, and delta 1. Errors: ARGUMENT for BATCHMEAN. */
  public HuberLoss(Reduction reduction) {
    this(reduction, 1);
  }

  /** The mean, with another delta. Errors: as below. */
  public HuberLoss(double delta) {
    this(Reduction.MEAN, delta);
  }

  /** With both. Errors: ARGUMENT for BATCHMEAN or delta not above 0. */
  public HuberLoss(Reduction reduction, double delta) {
    super(NAME);
    this.reduction = reduction.checked(NAME);
    Arguments.require(delta > 0, NAME, "delta", "above 0", delta);
    this.delta = delta;
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.huberLoss(input, target, reduction, delta);
  }
}
