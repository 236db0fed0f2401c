package dev.sardonyx.runtime.kernel;

/** The inverses of hyperbolic functions in double, which Java does not have. */
final class HyperbolicInverses {
  /** From here on x * x + 1 is x * x in double. */
  private static final double LARGE = 0x1p28;

  private static final double LOG_2 = Math.log(2);

  private HyperbolicInverses() {}

  /** log(x + sqrt(x * x - 1)), written so that nothing cancels near 1; NaN below 1. */
  static double acosh(double x) {
    if (!(x >= 1)) {
      return Double.NaN;
    }
    double above = x - 1;
    return x > LARGE
        ? Math.log(x) + LOG_2
        : Math.log1p(above + Math.sqrt(2 * above + above * above));
  }

  /** log(x + sqrt(x * x + 1)), written so that nothing cancels near 0. */
  static double asinh(double x) {
    double size = Math.abs(x);
    double square = size * size;
    double result =
        size > LARGE
            ? Math.log(size) + LOG_2
            : Math.log1p(size + square / (1 + Math.sqrt(square + 1)));
    return Math.copySign(result, x);
  }

  /** log((1 + x) / (1 - x)) / 2, likewise; NaN outside [-1, 1]. */
  static double atanh(double x) {
    double size = Math.abs(x);
    return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
  }
}
