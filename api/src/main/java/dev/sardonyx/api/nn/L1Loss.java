package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/** The absolute difference of input and target, which broadcast. Source: torch.nn.L1Loss. */
public final class L1Loss extends Loss {
  private static final String NAME = "L1Loss";

  private final Reduction reduction;

  /** The mean. */
  public L1Loss() {
    this(Reduction.MEAN);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public L1Loss(Reduction reduction) {
    super(NAME);
    this.reduction = reduction.checked(NAME);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.l1Loss(input, target, reduction);
  }
}
