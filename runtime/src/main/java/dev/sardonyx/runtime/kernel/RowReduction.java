package dev.sardonyx.runtime.kernel;

/** What {@link Kernels#reduceRows} makes of the elements of a row. Names are those of ONNX. */
public enum RowReduction {
  /** Their sum; 0 of none. */
  SUM,
  /** Their sum over their number; NaN of none. */
  MEAN,
  /** The largest, NaN where one is; -inf of none. */
  MAX,
  /** The least, NaN where one is; inf of none. */
  MIN,
  /** Their product; 1 of none. */
  PROD,
  /** The sum of their sizes. */
  L1,
  /** The root of the sum of their squares. */
  L2,
  /** The logarithm of their sum. */
  LOG_SUM,
  /** The logarithm of the sum of their exponentials, also where these overflow. */
  LOG_SUM_EXP,
  /** The sum of their squares. */
  SUM_SQUARE;

  /**
   * What a sum over n elements ends as: that of the elements, their sizes or their squares. What is
   * no such sum stays as it is.
   */
  public double finish(double sum, long n) {
    return switch (this) {
      case MEAN -> sum / n;
      case L2 -> Math.sqrt(sum);
      case LOG_SUM -> Math.log(sum);
      case SUM, MAX, MIN, PROD, L1, LOG_SUM_EXP, SUM_SQUARE -> sum;
    };
  }
}
