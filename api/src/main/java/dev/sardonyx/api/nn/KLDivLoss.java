package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/**
 * The Kullback-Leibler divergence of input, which holds log-probabilities, from target: target *
 * (log(target) - input) for each element. The mathematical one is {@link Reduction#BATCHMEAN}.
 * Source: torch.nn.KLDivLoss.
 */
public final class KLDivLoss extends Loss {
  private final Reduction reduction;
  private final boolean logTarget;

  /** The mean over all elements, as in PyTorch, of a target that holds probabilities. */
  public KLDivLoss() {
    this(Reduction.MEAN);
  }

  /** With a reduction, of a target that holds probabilities. */
  public KLDivLoss(Reduction reduction) {
    this(reduction, false);
  }

  /** With a reduction; logTarget says whether the target holds log-probabilities. */
  public KLDivLoss(Reduction reduction, boolean logTarget) {
    super("KLDivLoss");
    this.reduction = reduction;
    this.logTarget = logTarget;
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.klDiv(input, target, reduction, logTarget);
  }
}
