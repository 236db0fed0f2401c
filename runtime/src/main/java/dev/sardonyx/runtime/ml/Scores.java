package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.Arrays;

/** What becomes of the scores of a row at last. Source: ONNX ai.onnx.ml, post_transform. */
enum Scores {
  NONE,
  SOFTMAX,
  LOGISTIC,
  /** As SOFTMAX, but what is 0 stays 0. */
  SOFTMAX_ZERO,
  /** The quantile of the normal distribution, by Winitzki's approximation as ONNX has it. */
  PROBIT;

  private static final double ZERO = 1e-7;

  static Scores of(String name) {
    return Arrays.stream(values())
        .filter(transform -> transform.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ARGUMENT, "post_transform cannot be '" + name + "'"));
  }

  /** The scores of one row, changed in place. A lone score has only its PROBIT. */
  void apply(double[] scores) {
    if (scores.length < 2 && this != PROBIT) {
      return;
    }
    switch (this) {
      case NONE -> {}
      case LOGISTIC -> {
        for (int i = 0; i < scores.length; i++) {
          scores[i] = logistic(scores[i]);
        }
      }
      case PROBIT -> {
        for (int i = 0; i < scores.length; i++) {
          scores[i] = probit(scores[i]);
        }
      }
      case SOFTMAX -> softmax(scores, -1);
      case SOFTMAX_ZERO -> softmax(scores, ZERO);
    }
  }

  /**
   * The scores of two classes by that of the second, which is a probability or one that is opposite
   * to the first's. Source: ONNX Runtime; ONNX does not say.
   */
  void opposed(double[] scores, double second, boolean probability) {
    boolean logistic = this == LOGISTIC;
    scores[1] = logistic ? logistic(second) : second;
    scores[0] = logistic ? logistic(-second) : probability ? 1 - second : -second;
  }

  static double logistic(double x) {
    double small = 1 / (1 + Math.exp(-Math.abs(x)));
    return x < 0 ? 1 - small : small;
  }

  private static void softmax(double[] scores, double zero) {
    double largest = Arrays.stream(scores).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean counts = Math.abs(scores[i]) > zero;
      scores[i] = counts ? Math.exp(scores[i] - largest) : scores[i] * Math.exp(-largest);
      sum += counts ? scores[i] : 0;
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  private static double probit(double p) {
    double x = 2 * p - 1;
    double logarithm = Math.log((1 - x) * (1 + x));
    double a = 2 / (3.14159 * 0.147) + 0.5 * logarithm;
    double b = logarithm / 0.147;
    return 1.41421356 * Math.copySign(Math.sqrt(-a + Math.sqrt(a * a - b)), x < 0 ? -1 : 1);
  }
}
