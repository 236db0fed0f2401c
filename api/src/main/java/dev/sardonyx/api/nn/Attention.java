package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How attention is said in products and softmax. */
final class Attention {
  private static final String NAME = "scaled_dot_product_attention";

  private Attention() {}

  static Tensor scaled(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      double dropoutP,
      boolean isCausal,
      OptionalDouble scale) {
    Arguments.requireProbability(NAME, dropoutP);
    boolean one = attnMask == null || !isCausal;
    Arguments.require(one, NAME, "isCausal", "false where a mask is given", isCausal);
    requireFit(query, key, value);
    Tensor mask = attnMask;
    if (mask != null && mask.dtype() == DType.BOOL) {
      mask = added(NAME, mask, false);
    } else if (isCausal) {
      mask = causal(query, key);
    }
    Tensor weights = weights(query, key, mask, scale);
    return Functional.dropout(weights, dropoutP, dropoutP > 0).matmul(value);
  }

  private static void requireFit(Tensor query, Tensor key, Tensor value) {
    String words =
        NAME
            + " expects query [..., L, E], key [..., S, E], value [..., S, Ev], found "
            + query.type()
            + ", "
            + key.type()
            + ", "
            + value.type();
    for (Tensor x : List.of(query, key, value)) {
      if (x.shape().isKnown() && x.rank() < 2) {
        throw Arguments.rankError(NAME, "rank 2 or more", x, words);
      }
    }
    if (query.size(-1).differsFrom(key.size(-1))) {
      throw Mismatch.of("MatMul", NAME, query.size(-1), key.size(-1)).error(words);
    }
    if (key.size(-2).differsFrom(value.size(-2))) {
      throw Mismatch.of("MatMul", NAME, key.size(-2), value.size(-2)).error(words);
    }
  }

  /** softmax(query * key' * scale + mask), [..., L, S]; the query is scaled, which is smaller. */
  static Tensor weights(Tensor query, Tensor key, @Nullable Tensor mask, OptionalDouble scale) {
    double factor = scale.orElseGet(() -> 1 / Math.sqrt(query.size(-1).fixed()));
    Tensor scores = query.mul(factor).matmul(key.transpose(-2, -1));
    return Functional.softmax(mask == null ? scores : scores.add(mask), -1);
  }

  /** A mask of bools as what is added: -inf where attention may not go. */
  static Tensor added(String layer, Tensor mask, boolean trueForbids) {
    if (mask.dtype() == DType.FLOAT32) {
      return mask;
    }
    if (mask.dtype() != DType.BOOL) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          layer + ": a mask must be bool or float32, found " + mask.type(),
          Mismatch.of("DType", layer, "bool or float32", mask.dtype()).withType(mask.type()));
    }
    Tensor forbidden = Tensor.scalar(Float.NEGATIVE_INFINITY);
    Tensor allowed = Tensor.scalar(0f);
    return Operations.apply(
        new Where(), mask, trueForbids ? forbidden : allowed, trueForbids ? allowed : forbidden);
  }

  /** -inf above the diagonal, [L, S]. */
  private static Tensor causal(Tensor query, Tensor key) {
    Tensor forbidden = Tensor.full(Float.NEGATIVE_INFINITY, 1, 1);
    return forbidden.expand(List.of(query.size(-2), key.size(-2))).triu(1);
  }
}
