package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-probability of the target's classes, where the input holds logits. Shapes: [N,
 * C, d1, ...] and [N, d1, ...] of int64, [C] and [], or target probabilities of the input's shape.
 * Source: torch.nn.CrossEntropyLoss.
 */
public final class CrossEntropyLoss extends Loss {
  private final CrossEntropyOptions options;
  private final @Nullable Buffer weight;

  /** With the defaults of {@link CrossEntropyOptions}. */
  public CrossEntropyLoss() {
    this(options -> options);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public CrossEntropyLoss(Reduction reduction) {
    this(options -> options.reduction(reduction));
  }

  /** With options. Errors: ARGUMENT. */
  public CrossEntropyLoss(UnaryOperator<CrossEntropyOptions> options) {
    super("CrossEntropyLoss");
    CrossEntropyOptions chosen =
        options.apply(CrossEntropyOptions.defaults()).checked("CrossEntropyLoss");
    weight = Losses.buffer(chosen.weight());
    this.options = chosen.weight(weight);
  }

  /** The buffer weight, if there is one. */
  public Optional<Buffer> weight() {
    return Optional.ofNullable(weight);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.crossEntropy(input, target, defaults -> options);
  }

  @Override
  public Structure structure() {
    return super.structure().add("weight", weight);
  }
}
