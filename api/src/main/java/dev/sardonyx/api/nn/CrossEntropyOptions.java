package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a cross-entropy that have defaults: {@code o -> o.labelSmoothing(0.1)}. Each
 * method gives a changed copy. Source: torch.nn.CrossEntropyLoss.
 */
public record CrossEntropyOptions(
    @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction) {
  private static final CrossEntropyOptions DEFAULTS =
      new CrossEntropyOptions(null, -100, 0, Reduction.MEAN);

  /** The defaults of PyTorch. */
  public static CrossEntropyOptions defaults() {
    return DEFAULTS;
  }

  /** What the loss of each class is multiplied by, [C]; null for 1. */
  public CrossEntropyOptions weight(@Nullable Tensor changed) {
    return new CrossEntropyOptions(changed, ignoreIndex, labelSmoothing, reduction);
  }

  /** The target that has no loss and does not count. */
  public CrossEntropyOptions ignoreIndex(long changed) {
    return new CrossEntropyOptions(weight, changed, labelSmoothing, reduction);
  }

  /** How much of the target is spread evenly over all classes. */
  public CrossEntropyOptions labelSmoothing(double changed) {
    return new CrossEntropyOptions(weight, ignoreIndex, changed, reduction);
  }

  /** What becomes of the losses. */
  public CrossEntropyOptions reduction(Reduction changed) {
    return new CrossEntropyOptions(weight, ignoreIndex, labelSmoothing, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  CrossEntropyOptions checked(String layer) {
    Arguments.require(
        labelSmoothing >= 0 && labelSmoothing <= 1,
        layer,
        "labelSmoothing",
        "in [0, 1]",
        labelSmoothing);
    reduction.checked(layer);
    return this;
  }
}
