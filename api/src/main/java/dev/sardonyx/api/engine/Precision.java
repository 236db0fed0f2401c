package dev.sardonyx.api.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * How exactly the native engine multiplies float32 matrices. Less than float32's own accuracy is
 * taken only when asked for, and only where the processor has tiles for bfloat16 (AMX): elsewhere
 * all is computed in float32.
 */
public enum Precision {
  /**
   * As float32 does it, within its rounding: where tiles are faster, from three bfloat16 parts of
   * each number in six products.
   */
  FLOAT32("float32", 0),
  /** From two bfloat16 parts of each number, in three products. */
  FAST("fast", 4e-6),
  /** From numbers rounded to bfloat16, in one product; sums stay float32. */
  BF16("bf16", 2e-3);

  private final String word;
  private final double loss;

  Precision(String word, double loss) {
    this.word = word;
    this.loss = loss;
  }

  /** The precision of a name as {@link #word} gives it. */
  public static Optional<Precision> of(String name) {
    return Arrays.stream(values()).filter(precision -> precision.word.equals(name)).findFirst();
  }

  /** Its name on the command line. */
  public String word() {
    return word;
  }

  /** How far a product lies off besides float32's rounding, relative to its size (L2). */
  public double loss() {
    return loss;
  }
}
