package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross-entropy of probabilities: -(target * log(input) + (1 - target) * log(1 -
 * input)), each log at least -100. Both are of one shape. Source: torch.nn.BCELoss.
 */
public final class BCELoss extends Loss {
  private final BCEOptions options;
  private final @Nullable Buffer weight;

  /** With the defaults of {@link BCEOptions}. */
  public BCELoss() {
    this(options -> options);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public BCELoss(Reduction reduction) {
    this(options -> options.reduction(reduction));
  }

  /** With options. Errors: ARGUMENT. */
  public BCELoss(UnaryOperator<BCEOptions> options) {
    super("BCELoss");
    BCEOptions chosen = options.apply(BCEOptions.defaults()).checked("BCELoss");
    weight = Losses.buffer(chosen.weight());
    this.options = chosen.weight(weight);
  }

  /** The buffer weight, if there is one. */
  public Optional<Buffer> weight() {
    return Optional.ofNullable(weight);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.binaryCrossEntropy(input, target, defaults -> options);
  }

  @Override
  public Structure structure() {
    return super.structure().add("weight", weight);
  }
}
