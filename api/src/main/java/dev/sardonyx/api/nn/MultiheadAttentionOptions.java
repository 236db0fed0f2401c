package dev.sardonyx.api.nn;

import java.util.OptionalInt;

/**
 * The arguments of {@link MultiheadAttention} that have defaults: {@code o -> o.batchFirst(true)}.
 * Each method gives a changed copy. Source: torch.nn.MultiheadAttention.
 *
 * @param kdim the features of keys; embedDim if it is not given
 * @param vdim the features of values; embedDim if it is not given
 */
public record MultiheadAttentionOptions(
    double dropout,
    boolean bias,
    boolean addBiasKv,
    boolean addZeroAttn,
    OptionalInt kdim,
    OptionalInt vdim,
    boolean batchFirst) {
  private static final MultiheadAttentionOptions DEFAULTS =
      new MultiheadAttentionOptions(
          0, true, false, false, OptionalInt.empty(), OptionalInt.empty(), false);

  /** No dropout, with biases, steps before the batch. */
  public static MultiheadAttentionOptions defaults() {
    return DEFAULTS;
  }

  /** The probability with which training zeroes a weight. */
  public MultiheadAttentionOptions dropout(double changed) {
    return new MultiheadAttentionOptions(
        changed, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
  }

  /** Whether the projections have biases. */
  public MultiheadAttentionOptions bias(boolean changed) {
    return new MultiheadAttentionOptions(
        dropout, changed, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
  }

  /** Whether a learned key and value stand behind all others. */
  public MultiheadAttentionOptions addBiasKv(boolean changed) {
    return new MultiheadAttentionOptions(
        dropout, bias, changed, addZeroAttn, kdim, vdim, batchFirst);
  }

  /** Whether a key and value of zeros stand behind all others. */
  public MultiheadAttentionOptions addZeroAttn(boolean changed) {
    return new MultiheadAttentionOptions(dropout, bias, addBiasKv, changed, kdim, vdim, batchFirst);
  }

  /** The features of keys. */
  public MultiheadAttentionOptions kdim(int changed) {
    return new MultiheadAttentionOptions(
        dropout, bias, addBiasKv, addZeroAttn, OptionalInt.of(changed), vdim, batchFirst);
  }

  /** The features of values. */
  public MultiheadAttentionOptions vdim(int changed) {
    return new MultiheadAttentionOptions(
        dropout, bias, addBiasKv, addZeroAttn, kdim, OptionalInt.of(changed), batchFirst);
  }

  /** Whether the batch comes before the steps. */
  public MultiheadAttentionOptions batchFirst(boolean changed) {
    return new MultiheadAttentionOptions(
        dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, changed);
  }
}
