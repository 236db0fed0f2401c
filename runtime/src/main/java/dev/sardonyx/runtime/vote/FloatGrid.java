package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.type.DType;

/**
 * The numbers of a float type, and which of them is nearest to a number, ties to even.
 *
 * @param mantissa bits behind the point
 * @param leastExponent that of the smallest number with all its bits
 * @param largest the largest finite number
 * @param infinities whether the type has any; else what is too large is NaN
 * @param negativeZero whether 0 has a sign
 */
record FloatGrid(
    int mantissa, int leastExponent, double largest, boolean infinities, boolean negativeZero) {

  /** Of a type of floats but float8e8m0, which has powers of two alone. */
  static FloatGrid of(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> new FloatGrid(52, -1022, Double.MAX_VALUE, true, true);
      case FLOAT32 -> new FloatGrid(23, -126, Float.MAX_VALUE, true, true);
      case FLOAT16 -> new FloatGrid(10, -14, 65504, true, true);
      case BFLOAT16 -> new FloatGrid(7, -126, 0x1.fep127, true, true);
      case FLOAT8E4M3FN -> new FloatGrid(3, -6, 448, false, true);
      case FLOAT8E4M3FNUZ -> new FloatGrid(3, -7, 240, false, false);
      case FLOAT8E5M2 -> new FloatGrid(2, -14, 57344, true, true);
      case FLOAT8E5M2FNUZ -> new FloatGrid(2, -15, 57344, false, false);
      case FLOAT4E2M1 -> new FloatGrid(1, 0, 6, false, true);
      default -> throw new AssertionError(dtype);
    };
  }

  /** Whether the type of so few bits saturates where Cast says so. */
  private boolean isSmall() {
    return mantissa <= 3;
  }

  /**
   * The nearest number of the type.
   *
   * @param saturate whether a type of 8 bits has its largest number for what is beyond it; that of
   *     4 bits always has
   */
  double rounded(double value, boolean saturate) {
    if (Double.isNaN(value)) {
      return value;
    }
    double size = Math.abs(value);
    double result = Double.isInfinite(size) ? size : nearest(size);
    if (result > largest) {
      boolean cut = isSmall() && saturate || mantissa == 1;
      result = cut ? largest : infinities ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return result == 0 && !negativeZero ? 0 : Math.copySign(result, value);
  }

  private double nearest(double size) {
    if (mantissa == 52) {
      return size;
    }
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(size), leastExponent) - mantissa);
    return Math.rint(size / unit) * unit;
  }
}
