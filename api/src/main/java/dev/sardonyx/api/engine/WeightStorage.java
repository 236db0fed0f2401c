package dev.sardonyx.api.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a session stores constant float32 weights: the right operands of Gemm and MatMul, the kernels
 * of convolutions, W and R of recurrent layers. Biases, embeddings, depthwise kernels, first layers
 * on up to four channels and weights of which a value has no finite form in the storage stay
 * float32, and so does all arithmetic.
 */
public enum WeightStorage {
  /** As they are. */
  FLOAT32("float32", 32, 0),
  /** Rounded to bfloat16, to even. */
  BFLOAT16("bf16", 16, 0x1p-8),
  /** Rounded to float16, to even. */
  FLOAT16("fp16", 16, 0x1p-11),
  /**
   * Whole numbers from -127 to 127, to even, times a scale for each output channel: the largest
   * magnitude of its weights divided by 127.
   */
  INT8("int8", 8, 1 / 254.0),
  /**
   * Whole numbers from -8 to 7, to even, times a scale for each 32 weights of an output channel
   * that follow each other in sums: the one of the largest magnitude divided by -8, rounded to
   * bfloat16.
   *
   * <p>Zeros stay zeros, and scales add half a bit to each weight. An offset for each group besides
   * would lessen the error by a tenth (7.8 % instead of 8.6 of normally distributed weights) for
   * another half of a bit, which is as much time where memory is what products wait for.
   */
  INT4("int4", 4, 0.127);

  private final String word;
  private final int bits;
  private final double rounding;

  WeightStorage(String word, int bits, double rounding) {
    this.word = word;
    this.bits = bits;
    this.rounding = rounding;
  }

  /** The storage of a name as {@link #word} gives it. */
  public static Optional<WeightStorage> of(String name) {
    return Arrays.stream(values()).filter(storage -> storage.word.equals(name)).findFirst();
  }

  /** Its name on the command line. */
  public String word() {
    return word;
  }

  /** The size of a weight, without the scales of channels and groups. */
  public int bits() {
    return bits;
  }

  /**
   * By how much rounding moves a weight at most: relative to the weight itself, with int8 to the
   * largest of its channel, with int4 of its group; below float16's normal numbers by 2^-25 at
   * most.
   */
  public double rounding() {
    return rounding;
  }
}
