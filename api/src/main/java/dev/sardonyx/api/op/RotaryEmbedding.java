package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Pairs of elements turned by angles that grow with their token's place. Inputs: X as (batch,
 * heads, sequence, size) or (batch, sequence, heads * size); cos_cache and sin_cache as (places,
 * half) with position_ids (batch, sequence), else as (batch, sequence, half). Output: X's shape.
 * Source: ONNX RotaryEmbedding.
 *
 * @param interleaved whether pairs are neighbours; else one is in the first half, one in the second
 * @param numHeads the heads of three-dimensional X; 0 where not given
 * @param rotaryEmbeddingDim how many elements of a head are turned; 0 for all
 */
public record RotaryEmbedding(boolean interleaved, int numHeads, int rotaryEmbeddingDim)
    implements AttentionOp {
  private static final Set<DType> TYPES = EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16);

  @Override
  public String name() {
    return "RotaryEmbedding";
  }

  @Override
  public int sinceOpset() {
    return 23;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("interleaved", Attribute.of(interleaved), Attribute.of(false))
        .with("num_heads", Attribute.of(numHeads), Attribute.of(0))
        .with("rotary_embedding_dim", Attribute.of(rotaryEmbeddingDim), Attribute.of(0));
  }

  static RotaryEmbedding read(Attributes attributes) {
    attributes.only("interleaved", "num_heads", "rotary_embedding_dim");
    return new RotaryEmbedding(
        attributes.bool("interleaved", false),
        attributes.int32("num_heads", 0),
        attributes.int32("rotary_embedding_dim", 0));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(3, 4).requireDType(0, "X", TYPES);
    in.sameDType(0, 1, 2);
    int rank = in.has(3) ? 2 : 3;
    TensorType cos = in.ranked(1, "cos_cache", rank);
    TensorType sin = in.ranked(2, "sin_cache", rank);
    if (in.has(3)) {
      in.ranked(3, "position_ids", 2);
      in.requireDType(3, "position_ids", Set.of(DType.INT64));
    }
    TensorType x = in.tensor(0, "X");
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    AttentionHeads heads = AttentionHeads.of(in, 0, "X", numHeads);
    Dim turned = rotaryEmbeddingDim == 0 ? heads.size() : Dim.of(rotaryEmbeddingDim);
    checkTurned(in, turned, heads.size());
    for (TensorType cache : List.of(cos, sin)) {
      if (cache.shape().isKnown()) {
        in.requireEqual(
            cache.dim(-1), turned.floorDiv(2), "caches must hold an angle for each pair");
        if (rank == 3) {
          in.requireEqual(cache.dim(0), heads.batch(), "caches must have the batch of X");
          in.requireEqual(cache.dim(1), heads.sequence(), "caches must be as long as X");
        }
      }
    }
    if (cos.shape().isKnown() && sin.shape().isKnown()) {
      in.requireEqual(cos.dim(0), sin.dim(0), "caches must have one size");
    }
    if (in.has(3) && in.tensor(3, "position_ids").shape().isKnown()) {
      TensorType places = in.tensor(3, "position_ids");
      in.requireEqual(places.dim(0), heads.batch(), "position_ids must have the batch of X");
      in.requireEqual(places.dim(1), heads.sequence(), "position_ids must be as long as X");
    }
    return List.of(x);
  }

  private static void checkTurned(Inputs in, Dim turned, Dim size) {
    boolean fits =
        !turned.isFixed()
            || turned.fixed() >= 0
                && turned.fixed() % 2 == 0
                && !(size.isFixed() && turned.fixed() > size.fixed());
    if (!fits) {
      throw in.argumentError(
          "rotary_embedding_dim must be even and at most " + size + ", found " + turned);
    }
  }
}
