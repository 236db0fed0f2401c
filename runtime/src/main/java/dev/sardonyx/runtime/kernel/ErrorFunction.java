package dev.sardonyx.runtime.kernel;

/** The error function in double, which Java does not have. */
final class ErrorFunction {
  /** From here on erf(x) is 1 in double. */
  private static final double END = 6;

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
}
