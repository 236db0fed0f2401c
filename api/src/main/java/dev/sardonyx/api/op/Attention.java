package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scaled dot product attention. Inputs: Q, K, V as (batch, heads, sequence, size) or (batch,
 * sequence, heads * size); attn_mask, true where attended or added to the scores; past_key and
 * past_value, which come before K and V; nonpad_kv_seqlen (batch). Outputs: Y, present_key,
 * present_value, the scores. Source: ONNX Attention.
 *
 * @param qNumHeads the heads of three-dimensional Q; 0 where not given
 * @param scale 1 / sqrt(size) when empty
 * @param softcap what scores are bent to stay below; 0 for no such
 * @param softmaxPrecision the type that scores have during softmax; their own when empty
 * @param leftWindowSize how far back a query attends; -1 for all
 */
public record Attention(
    boolean isCausal,
    int qNumHeads,
    int kvNumHeads,
    Optional<Float> scale,
    float softcap,
    Optional<DType> softmaxPrecision,
    Scores qkMatmulOutput,
    int leftWindowSize,
    int rightWindowSize)
    implements AttentionOp {
  private static final Set<DType> PRECISIONS = Inputs.FLOATS;

  /** What the output of scores holds; the order is ONNX's qk_matmul_output_mode. */
  public enum Scores {
    /** Products of queries and keys, scaled. */
    PRODUCTS,
    /** Those with the soft cap. */
    CAPPED,
    /** Those with the mask. */
    BIASED,
    /** The softmax of those. */
    PROBABILITIES
  }

  /** Attention with all attributes at their defaults, for four-dimensional inputs. */
  public Attention() {
    this(false, 0, 0, Optional.empty(), 0, Optional.empty(), Scores.PRODUCTS, -1, -1);
  }

  /** The same, causal or not. */
  public Attention withCausal(boolean causal) {
    return new Attention(
        causal,
        qNumHeads,
        kvNumHeads,
        scale,
        softcap,
        softmaxPrecision,
        qkMatmulOutput,
        leftWindowSize,
        rightWindowSize);
  }

  /** The same for three-dimensional inputs of so many heads. */
  public Attention withHeads(int queries, int keys) {
    return new Attention(
        isCausal,
        queries,
        keys,
        scale,
        softcap,
        softmaxPrecision,
        qkMatmulOutput,
        leftWindowSize,
        rightWindowSize);
  }

  @Override
  public String name() {
    return "Attention";
  }

  @Override
  public int sinceOpset() {
    return leftWindowSize < 0 && rightWindowSize < 0 ? 23 : 25;
  }

  @Override
  public Attributes attributes() {
    Attribute no = Attribute.of(0);
    Attribute open = Attribute.of(-1);
    Attributes result =
        Attributes.none()
            .with("is_causal", Attribute.of(isCausal), no)
            .with("kv_num_heads", Attribute.of(kvNumHeads), no)
            .with("left_window_size", Attribute.of(leftWindowSize), open)
            .with("q_num_heads", Attribute.of(qNumHeads), no)
            .with("qk_matmul_output_mode", Attribute.of(qkMatmulOutput.ordinal()), no)
            .with("right_window_size", Attribute.of(rightWindowSize), open)
            .with("softcap", Attribute.of(softcap), Attribute.of(0f));
    if (scale.isPresent()) {
      result = result.with("scale", Attribute.of(scale.get()));
    }
    return softmaxPrecision.isEmpty()
        ? result
        : result.with("softmax_precision", Attribute.of(softmaxPrecision.get().onnxCode()));
  }

  static Attention read(Attributes attributes) {
    attributes.only(
        "is_causal",
        "kv_num_heads",
        "left_window_size",
        "q_num_heads",
        "qk_matmul_output_mode",
        "right_window_size",
        "scale",
        "softcap",
        "softmax_precision");
    boolean scaled = attributes.byName().containsKey("scale");
    boolean precise = attributes.byName().containsKey("softmax_precision");
    int mode = attributes.int32("qk_matmul_output_mode", 0);
    if (mode < 0 || mode >= Scores.values().length) {
      throw new Inputs("Attention", List.of())
          .argumentError("qk_matmul_output_mode must be 0 to 3, found " + mode);
    }
    return new Attention(
        attributes.bool("is_causal", false),
        attributes.int32("q_num_heads", 0),
        attributes.int32("kv_num_heads", 0),
        scaled ? Optional.of(attributes.floating("scale", 1)) : Optional.empty(),
        attributes.floating("softcap", 0),
        precise
            ? Optional.of(DType.ofOnnxCode(attributes.int32("softmax_precision", 1)))
            : Optional.empty(),
        Scores.values()[mode],
        attributes.int32("left_window_size", -1),
        attributes.int32("right_window_size", -1));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    checkInputs(in);
    TensorType q = in.tensor(0, "Q");
    DType valueType = in.tensor(2, "V").dtype();
    boolean known =
        q.shape().isKnown()
            && in.tensor(1, "K").shape().isKnown()
            && in.tensor(2, "V").shape().isKnown();
    if (!known) {
      TensorType cache = TensorType.of(q.dtype(), "?", "?", "?", "?");
      TensorType values = TensorType.of(valueType, "?", "?", "?", "?");
      return List.of(q.withShape(Shape.unknown()), cache, values, cache);
    }
    AttentionHeads queries = AttentionHeads.of(in, 0, "Q", qNumHeads);
    AttentionHeads keys = AttentionHeads.of(in, 1, "K", kvNumHeads);
    AttentionHeads values = AttentionHeads.of(in, 2, "V", kvNumHeads);
    requireFit(in, queries, keys, values);
    Dim past = pastLength(in);
    Dim total = keys.sequence().plus(past);
    checkMask(in, total);
    Shape y =
        q.rank() == 4
            ? Shape.of(List.of(queries.batch(), queries.heads(), queries.sequence(), values.size()))
            : Shape.of(
                List.of(queries.batch(), queries.sequence(), queries.heads().times(values.size())));
    return List.of(
        q.withShape(y),
        TensorType.of(q.dtype(), keys.batch(), keys.heads(), total, keys.size()),
        TensorType.of(valueType, keys.batch(), keys.heads(), total, values.size()),
        TensorType.of(q.dtype(), queries.batch(), queries.heads(), queries.sequence(), total));
  }

  private void checkInputs(Inputs in) {
    in.requireCount(3, 7).requireDType(0, "Q", Inputs.FLOATS);
    in.requireDType(2, "V", Inputs.FLOATS);
    in.sameDType(0, 1);
    if (in.has(3) && in.tensor(3, "attn_mask").dtype() != DType.BOOL) {
      in.requireDType(3, "attn_mask", Inputs.FLOATS);
    }
    if (in.has(4) != in.has(5)) {
      throw in.argumentError("past_key and past_value must be given together");
    }
    if (in.has(4)) {
      in.ranked(4, "past_key", 4);
      in.ranked(5, "past_value", 4);
      in.sameDType(0, 4);
      in.sameDType(2, 5);
    }
    if (in.has(6)) {
      in.ranked(6, "nonpad_kv_seqlen", 1);
      in.requireDType(6, "nonpad_kv_seqlen", Set.of(DType.INT64));
    }
    if (in.has(6) && in.has(4)) {
      throw in.argumentError("nonpad_kv_seqlen must not be given together with past_key");
    }
    if (softmaxPrecision.isPresent() && !PRECISIONS.contains(softmaxPrecision.get())) {
      throw in.argumentError("softmax_precision must be one of " + PRECISIONS);
    }
    if (leftWindowSize < -1 || rightWindowSize < -1) {
      throw in.argumentError("window sizes must be -1 or more");
    }
  }

  private static void requireFit(
      Inputs in, AttentionHeads queries, AttentionHeads keys, AttentionHeads values) {
    in.requireEqual(queries.batch(), keys.batch(), "Q and K must have one batch");
    in.requireEqual(keys.batch(), values.batch(), "K and V must have one batch");
    in.requireEqual(keys.heads(), values.heads(), "K and V must have one number of heads");
    in.requireEqual(keys.sequence(), values.sequence(), "K and V must have one sequence");
    in.requireEqual(queries.size(), keys.size(), "heads of Q and K must have one size");
    if (queries.heads() instanceof Dim.Fixed(long q)
        && keys.heads() instanceof Dim.Fixed(long k)
        && (k == 0 || q % k != 0)) {
      throw in.shapeError("heads of Q must be a multiple of those of K (%d vs %d)".formatted(q, k));
    }
    if (in.has(6) && in.tensor(6, "nonpad_kv_seqlen").shape().isKnown()) {
      Dim lengths = in.tensor(6, "nonpad_kv_seqlen").dim(0);
      in.requireEqual(lengths, queries.batch(), "nonpad_kv_seqlen must have one for each sample");
    }
    if (in.has(4)) {
      requirePast(in, 4, "past_key", keys);
      requirePast(in, 5, "past_value", values);
    }
  }

  private static void requirePast(Inputs in, int index, String name, AttentionHeads now) {
    TensorType past = in.tensor(index, name);
    if (past.shape().isKnown()) {
      in.requireEqual(past.dim(0), now.batch(), name + " must have the batch of Q");
      in.requireEqual(past.dim(1), now.heads(), name + " must have the heads of K");
      in.requireEqual(past.dim(3), now.size(), name + " must have heads of the size of its like");
    }
  }

  private static Dim pastLength(Inputs in) {
    if (!in.has(4)) {
      return Dim.of(0);
    }
    TensorType past = in.tensor(4, "past_key");
    TensorType values = in.tensor(5, "past_value");
    if (!past.shape().isKnown()) {
      return new Dim.Unknown();
    }
    if (values.shape().isKnown()) {
      in.requireEqual(past.dim(2), values.dim(2), "past_key and past_value must be as long");
    }
    return past.dim(2);
  }

  private static void checkMask(Inputs in, Dim total) {
    if (in.has(3) && in.tensor(3, "attn_mask").shape().isKnown()) {
      TensorType mask = in.tensor(3, "attn_mask");
      boolean longer =
          mask.rank() > 0
              && mask.dim(-1) instanceof Dim.Fixed(long m)
              && total instanceof Dim.Fixed(long t)
              && m > t;
      if (mask.rank() > 4 || longer) {
        throw in.shapeError("attn_mask must broadcast to the scores, found " + mask);
      }
    }
  }
}
