package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross-entropy of sigmoid(input), computed so that no logit is too large. Both are of
 * one shape. Source: torch.nn.BCEWithLogitsLoss.
 */
public final class BCEWithLogitsLoss extends Loss {
  private final BCEWithLogitsOptions options;
  private final @Nullable Buffer weight;
  private final @Nullable Buffer posWeight;

  /** With the defaults of {@link BCEWithLogitsOptions}. */
  public BCEWithLogitsLoss() {
    this(options -> options);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public BCEWithLogitsLoss(Reduction reduction) {
    this(options -> options.reduction(reduction));
  }

  /** With options. Errors: ARGUMENT. */
  public BCEWithLogitsLoss(UnaryOperator<BCEWithLogitsOptions> options) {
    super("BCEWithLogitsLoss");
    BCEWithLogitsOptions chosen =
        options.apply(BCEWithLogitsOptions.defaults()).checked("BCEWithLogitsLoss");
    weight = Losses.buffer(chosen.weight());
    posWeight = Losses.buffer(chosen.posWeight());
    this.options = chosen.weight(weight).posWeight(posWeight);
  }

  /** The buffer weight, if there is one. */
  public Optional<Buffer> weight() {
    return Optional.ofNullable(weight);
  }

  /** The buffer pos_weight, if there is one. */
  public Optional<Buffer> posWeight() {
    return Optional.ofNullable(posWeight);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.binaryCrossEntropyWithLogits(input, target, defaults -> options);
  }

  @Override
  public Structure structure() {
    return super.structure().add("weight", weight).add("pos_weight", posWeight);
  }
}
