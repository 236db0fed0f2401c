package dev.sardonyx.api.nn;

import java.util.OptionalInt;

/**
 * The arguments of an embedding that have defaults: {@code o -> o.paddingIdx(0)}. Each method gives
 * a changed copy. Source: torch.nn.Embedding.
 *
 * @param paddingIdx the row that starts as zeros; negative counts from the end
 * @param scaleGradByFreq of training, shown only
 * @param sparse of training, shown only
 */
public record EmbeddingOptions(OptionalInt paddingIdx, boolean scaleGradByFreq, boolean sparse) {
  private static final EmbeddingOptions DEFAULTS =
      new EmbeddingOptions(OptionalInt.empty(), false, false);

  /** No padding row. */
  public static EmbeddingOptions defaults() {
    return DEFAULTS;
  }

  /** The row that starts as zeros; negative counts from the end. */
  public EmbeddingOptions paddingIdx(int changed) {
    return new EmbeddingOptions(OptionalInt.of(changed), scaleGradByFreq, sparse);
  }

  /** Of training; shown only. */
  public EmbeddingOptions scaleGradByFreq(boolean changed) {
    return new EmbeddingOptions(paddingIdx, changed, sparse);
  }

  /** Of training; shown only. */
  public EmbeddingOptions sparse(boolean changed) {
    return new EmbeddingOptions(paddingIdx, scaleGradByFreq, changed);
  }
}
