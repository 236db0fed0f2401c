package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The part of {@link Functional} with attention. */
abstract sealed class AttentionFunctions extends LossFunctions permits Functional {
  AttentionFunctions() {}

  /**
   * softmax(query * key' * scale + mask) * value. Shapes: query [..., L, E], key [..., S, E], value
   * [..., S, Ev], mask broadcasts to [..., L, S] -> [..., L, Ev]. Source:
   * torch.nn.functional.scaled_dot_product_attention of torch 2.
   *
   * @param attnMask a bool mask is true where attention may go; a float mask is added
   * @param isCausal whether a position sees itself and those before it only
   * @param scale 1 / sqrt(E) where it is not given
   */
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      double dropoutP,
      boolean isCausal,
      OptionalDouble scale) {
    return Attention.scaled(query, key, value, attnMask, dropoutP, isCausal, scale);
  }

  /** The same without mask. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, null, 0, false, OptionalDouble.empty());
  }
}
