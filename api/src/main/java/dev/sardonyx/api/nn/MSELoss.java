package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/** The squared difference of input and target, which broadcast. Source: torch.nn.MSELoss. */
public final class MSELoss extends Loss {
  private static final String NAME = "MSELoss";

  private final Reduction reduction;

  /** The mean. */
  public MSELoss() {
    this(Reduction.MEAN);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public MSELoss(Reduction reduction) {
    super(NAME);
    this.reduction = reduction.checked(NAME);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.mseLoss(input, target, reduction);
  }
}
