package dev.sardonyx.runtime.vote;

/**
 * The error function and its complement to about 1e-15, relative. Source: Abramowitz and Stegun,
 * 7.1.6 (a series of positive terms) and 7.1.14 (a continued fraction).
 */
final class ErrorFunctions {
  /** From here on the fraction converges quickly, and the series loses digits of the complement. */
  private static final double FRACTION_FROM = 2;

  private static final int TERMS = 200;

  private ErrorFunctions() {}

  static double erf(double x) {
    double size = Math.abs(x);
    double result = size < FRACTION_FROM ? series(size) : 1 - fraction(size);
    return Double.isNaN(x) ? x : Math.copySign(result, x);
  }

  /** 1 - erf(x), without what that subtraction loses. */
  static double complement(double x) {
    return x < FRACTION_FROM ? 1 - erf(x) : fraction(x);
  }

  /** 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < TERMS && term > sum * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** exp(-x^2) / sqrt(pi) * 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))). */
  private static double fraction(double x) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    double tail = x;
    for (int n = TERMS; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
  }
}
