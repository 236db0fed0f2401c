package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a binary cross-entropy that have defaults: {@code o -> o.weight(w)}. Each method
 * gives a changed copy. Source: torch.nn.BCELoss.
 */
public record BCEOptions(@Nullable Tensor weight, Reduction reduction) {
  private static final BCEOptions DEFAULTS = new BCEOptions(null, Reduction.MEAN);

  /** The defaults of PyTorch. */
  public static BCEOptions defaults() {
    return DEFAULTS;
  }

  /** What each loss is multiplied by, broadcast; null for 1. */
  public BCEOptions weight(@Nullable Tensor changed) {
    return new BCEOptions(changed, reduction);
  }

  /** What becomes of the losses. */
  public BCEOptions reduction(Reduction changed) {
    return new BCEOptions(weight, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  BCEOptions checked(String layer) {
    reduction.checked(layer);
    return this;
  }
}
