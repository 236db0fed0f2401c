package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The negative of the input, which holds log-probabilities, at the target's classes. Shapes: [N, C,
 * d1, ...] and [N, d1, ...] of int64, or [C] and []. Source: torch.nn.NLLLoss.
 */
public final class NLLLoss extends Loss {
  private final NLLOptions options;
  private final @Nullable Buffer weight;

  /** With the defaults of {@link NLLOptions}. */
  public NLLLoss() {
    this(options -> options);
  }

  /** With a reduction. Errors: ARGUMENT for BATCHMEAN. */
  public NLLLoss(Reduction reduction) {
    this(options -> options.reduction(reduction));
  }

  /** With options. Errors: ARGUMENT. */
  public NLLLoss(UnaryOperator<NLLOptions> options) {
    super("NLLLoss");
    NLLOptions chosen = options.apply(NLLOptions.defaults()).checked("NLLLoss");
    weight = Losses.buffer(chosen.weight());
    this.options = chosen.weight(weight);
  }

  /** The buffer weight, if there is one. */
  public Optional<Buffer> weight() {
    return Optional.ofNullable(weight);
  }

  @Override
  Tensor loss(Tensor input, Tensor target) {
    return Functional.nllLoss(input, target, defaults -> options);
  }

  @Override
  public Structure structure() {
    return super.structure().add("weight", weight);
  }
}
