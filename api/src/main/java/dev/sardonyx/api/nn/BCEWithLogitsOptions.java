package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a binary cross-entropy of logits that have defaults: {@code o ->
 * o.posWeight(w)}. Each method gives a changed copy. Source: torch.nn.BCEWithLogitsLoss.
 */
public record BCEWithLogitsOptions(
    @Nullable Tensor weight, @Nullable Tensor posWeight, Reduction reduction) {
  private static final BCEWithLogitsOptions DEFAULTS =
      new BCEWithLogitsOptions(null, null, Reduction.MEAN);

  /** The defaults of PyTorch. */
  public static BCEWithLogitsOptions defaults() {
    return DEFAULTS;
  }

  /** What each loss is multiplied by, broadcast; null for 1. */
  public BCEWithLogitsOptions weight(@Nullable Tensor changed) {
    return new BCEWithLogitsOptions(changed, posWeight, reduction);
  }

  /** What the loss of positive targets is multiplied by, broadcast; null for 1. */
  public BCEWithLogitsOptions posWeight(@Nullable Tensor changed) {
    return new BCEWithLogitsOptions(weight, changed, reduction);
  }

  /** What becomes of the losses. */
  public BCEWithLogitsOptions reduction(Reduction changed) {
    return new BCEWithLogitsOptions(weight, posWeight, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  BCEWithLogitsOptions checked(String layer) {
    reduction.checked(layer);
    return this;
  }
}
