package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;

/**
 * The arguments of {@link MultiheadAttention#forward} that have defaults: {@code o ->
 * o.attnMask(mask)}. Each method gives a changed copy. Source: torch.nn.MultiheadAttention.forward.
 */
public record AttentionOptions(
    Optional<Tensor> keyPaddingMask,
    boolean needWeights,
    Optional<Tensor> attnMask,
    boolean averageAttnWeights) {
  private static final AttentionOptions DEFAULTS =
      new AttentionOptions(Optional.empty(), true, Optional.empty(), true);

  /** No masks; the weights are given back, averaged over the heads. */
  public static AttentionOptions defaults() {
    return DEFAULTS;
  }

  /** [N, S], or [S] without a batch: true for keys to leave out, or floats that are added. */
  public AttentionOptions keyPaddingMask(Tensor mask) {
    return new AttentionOptions(Optional.of(mask), needWeights, attnMask, averageAttnWeights);
  }

  /** Whether the weights are given back. */
  public AttentionOptions needWeights(boolean changed) {
    return new AttentionOptions(keyPaddingMask, changed, attnMask, averageAttnWeights);
  }

  /** [L, S] or [N * heads, L, S]: true where attention may not go, or floats that are added. */
  public AttentionOptions attnMask(Tensor mask) {
    return new AttentionOptions(keyPaddingMask, needWeights, Optional.of(mask), averageAttnWeights);
  }

  /** Whether the weights are averaged over the heads. */
  public AttentionOptions averageAttnWeights(boolean changed) {
    return new AttentionOptions(keyPaddingMask, needWeights, attnMask, changed);
  }
}
