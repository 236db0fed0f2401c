package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Attention by a state that each token changes. Inputs: query, key and value as (batch, sequence,
 * heads * size); past_state (batch, key heads, key size, value size); decay (batch, sequence, key
 * heads or all their elements); beta (batch, sequence, key heads or 1). Outputs: (batch, sequence,
 * query heads * value size) and the state. Source: ONNX LinearAttention.
 *
 * @param scale what outputs are multiplied by; 1 / sqrt(key size) where 0
 * @param chunkSize a hint that changes no numbers
 */
public record LinearAttention(
    int qNumHeads, int kvNumHeads, float scale, UpdateRule updateRule, int chunkSize)
    implements AttentionOp {
  private static final Set<DType> TYPES = EnumSet.of(DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16);
  private static final int CHUNK = 64;

  /** How a token changes the state. */
  public enum UpdateRule {
    /** Its key and value are added. */
    LINEAR(false, false),
    /** The state fades before. */
    GATED(true, false),
    /** What the state has for the key is replaced in part. */
    DELTA(false, true),
    /** Both. */
    GATED_DELTA(true, true);

    private final boolean gated;
    private final boolean corrected;

    UpdateRule(boolean gated, boolean corrected) {
      this.gated = gated;
      this.corrected = corrected;
    }

    /** Whether there is a decay. */
    public boolean isGated() {
      return gated;
    }

    /** Whether there is a beta. */
    public boolean isCorrected() {
      return corrected;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "LinearAttention";
  }

  @Override
  public int sinceOpset() {
    return 27;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("chunk_size", Attribute.of(chunkSize), Attribute.of(CHUNK))
        .with("kv_num_heads", Attribute.of(kvNumHeads))
        .with("q_num_heads", Attribute.of(qNumHeads))
        .with("scale", Attribute.of(scale), Attribute.of(0f))
        .with("update_rule", Attribute.of(updateRule.text()), Attribute.of("gated_delta"));
  }

  static LinearAttention read(Attributes attributes) {
    attributes.only("chunk_size", "kv_num_heads", "q_num_heads", "scale", "update_rule");
    String rule = attributes.string("update_rule", "gated_delta");
    for (UpdateRule known : UpdateRule.values()) {
      if (known.text().equals(rule)) {
        return new LinearAttention(
            attributes.int32("q_num_heads", 0),
            attributes.int32("kv_num_heads", 0),
            attributes.floating("scale", 0),
            known,
            attributes.int32("chunk_size", CHUNK));
      }
    }
    throw new SardonyxException(
        ErrorCode.ARGUMENT,
        "LinearAttention: update_rule must be linear, gated, delta or gated_delta, found " + rule);
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(3, 6).requireDType(0, "query", TYPES);
    in.sameDType(0, 1, 2, 4, 5);
    DType state = in.has(3) ? in.requireDType(3, "past_state", TYPES) : in.sameDType(0);
    if (in.has(4) != updateRule.isGated() || in.has(5) != updateRule.isCorrected()) {
      throw in.argumentError(
          "update_rule " + updateRule.text() + " and the inputs decay and beta do not fit");
    }
    if (kvNumHeads < 1 || qNumHeads < 1 || qNumHeads % kvNumHeads != 0) {
      throw in.argumentError(
          "q_num_heads must be a multiple of kv_num_heads (%d vs %d)"
              .formatted(qNumHeads, kvNumHeads));
    }
    TensorType query = in.ranked(0, "query", 3);
    TensorType key = in.ranked(1, "key", 3);
    TensorType value = in.ranked(2, "value", 3);
    if (!query.shape().isKnown() || !key.shape().isKnown() || !value.shape().isKnown()) {
      return List.of(
          TensorType.of(query.dtype(), "?", "?", "?"), TensorType.of(state, "?", "?", "?", "?"));
    }
    AttentionHeads queries = AttentionHeads.of(in, 0, "query", qNumHeads);
    AttentionHeads keys = AttentionHeads.of(in, 1, "key", kvNumHeads);
    AttentionHeads values = AttentionHeads.of(in, 2, "value", kvNumHeads);
    requireFit(in, queries, keys, values);
    return List.of(
        TensorType.of(
            query.dtype(),
            queries.batch(),
            queries.sequence(),
            values.size().times(Dim.of(qNumHeads))),
        TensorType.of(state, queries.batch(), keys.heads(), keys.size(), values.size()));
  }

  private void requireFit(
      Inputs in, AttentionHeads queries, AttentionHeads keys, AttentionHeads values) {
    for (AttentionHeads other : List.of(keys, values)) {
      in.requireEqual(queries.batch(), other.batch(), "query, key and value have one batch");
      in.requireEqual(queries.sequence(), other.sequence(), "query, key and value are as long");
    }
    in.requireEqual(queries.size(), keys.size(), "heads of query and key must have one size");
    if (in.has(3) && in.ranked(3, "past_state", 4).shape().isKnown()) {
      List<Dim> expected = List.of(keys.batch(), keys.heads(), keys.size(), values.size());
      for (int axis = 0; axis < 4; axis++) {
        in.requireEqual(
            in.tensor(3, "past_state").dim(axis), expected.get(axis), "past_state must fit");
      }
    }
    Dim heads = keys.heads();
    for (int index = 4; index < 6; index++) {
      if (in.has(index) && in.ranked(index, "decay or beta", 3).shape().isKnown()) {
        TensorType gate = in.tensor(index, "decay or beta");
        Dim other = index == 4 ? heads.times(keys.size()) : Dim.of(1);
        in.requireEqual(gate.dim(0), queries.batch(), "decay and beta must have query's batch");
        in.requireEqual(gate.dim(1), queries.sequence(), "decay and beta are as long as query");
        if (gate.dim(2).differsFrom(heads) && gate.dim(2).differsFrom(other)) {
          throw in.shapeError(
              "decay and beta must have one for each head, or %s; found %s".formatted(other, gate));
        }
      }
    }
  }
}
