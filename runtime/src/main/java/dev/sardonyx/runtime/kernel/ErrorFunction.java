package dev.sardonyx.runtime.kernel;

/** The error function in double, which Java does not have. */
final class ErrorFunction {
  /** From here on erf(x) is 1 in double. */
  private static final double END = 6;

  /** From here on {@link #complement} is a fraction. */
  private static final double FRACTION = 2;

  /** Terms of that fraction that suffice from there on. */
  private static final int TERMS = 60;

  private ErrorFunction() {}

  /**
   * erf(x) = 2 / sqrt(pi) * exp(-x²) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): all terms have
   * one sign, so nothing cancels.
   */
  static double of(double x) {
    if (!(Math.abs(x) < END)) { // NaN too
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    double square = x * x;
    double term = x;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * square / (2 * n + 1);
    }
    return x == 0 ? x : 2 / Math.sqrt(Math.PI) * Math.exp(-square) * sum;
  }

  /**
   * 1 - erf(x), within 1e-14 of itself also where it is small: exp(-x²) / sqrt(pi) divided by x +
   * (1/2) / (x + (2/2) / (x + (3/2) / ...)).
   */
  static double complement(double x) {
    if (!(x > FRACTION) || x == Double.POSITIVE_INFINITY) { // NaN too
      return 1 - of(x);
    }
    double divisor = x;
    for (int k = TERMS; k > 0; k--) {
      divisor = x + k / 2.0 / divisor;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / divisor;
  }
}
