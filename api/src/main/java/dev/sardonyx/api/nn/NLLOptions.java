package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a negative log-likelihood that have defaults: {@code o -> o.ignoreIndex(0)}.
 * Each method gives a changed copy. Source: torch.nn.NLLLoss.
 */
public record NLLOptions(@Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
  private static final NLLOptions DEFAULTS = new NLLOptions(null, -100, Reduction.MEAN);

  /** The defaults of PyTorch. */
  public static NLLOptions defaults() {
    return DEFAULTS;
  }

  /** What the loss of each class is multiplied by, [C]; null for 1. */
  public NLLOptions weight(@Nullable Tensor changed) {
    return new NLLOptions(changed, ignoreIndex, reduction);
  }

  /** The target that has no loss and does not count. */
  public NLLOptions ignoreIndex(long changed) {
    return new NLLOptions(weight, changed, reduction);
  }

  /** What becomes of the losses. */
  public NLLOptions reduction(Reduction changed) {
    return new NLLOptions(weight, ignoreIndex, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  NLLOptions checked(String layer) {
    reduction.checked(layer);
    return this;
  }
}
