package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.VectorLogarithm.EXPONENT_BITS;
import static dev.sardonyx.runtime.kernel.VectorLogarithm.LN_2;
import static dev.sardonyx.runtime.kernel.VectorLogarithm.TWO_THIRDS_BITS;
import static dev.sardonyx.runtime.kernel.VectorLogarithm.WHOLE;
import static dev.sardonyx.runtime.kernel.VectorLogarithm.WHOLE_BITS;

/** {@link VectorLogarithm} of one float, operation by operation; see {@link TwinCurves}. */
final class TwinLogarithm {

  private TwinLogarithm() {}

  static float log(float v) {
    if (!(v < Float.POSITIVE_INFINITY)) {
      return v;
    }
    if (v <= 0) {
      return v == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    boolean subnormal = v < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? v * 0x1p23f : v);
    int exponent = (bits - TWO_THIRDS_BITS) & EXPONENT_BITS;
    float f = Float.intBitsToFloat(bits - exponent) - 1;
    float shifted = Float.intBitsToFloat((exponent >> 23) + WHOLE_BITS);
    float e = shifted - (subnormal ? WHOLE + 23 : WHOLE);
    return Math.fma(e, LN_2, log1pOfThird(f));
  }

  static float log1pOfUnit(float x) {
    boolean large = x > 1f / 3;
    float f = large ? x * 0.5f - 0.5f : x;
    return log1pOfThird(f) + (large ? LN_2 : 0);
  }

  private static float log1pOfThird(float f) {
    float q = Math.fma(f, VectorLogarithm.Q_8, VectorLogarithm.Q_7);
    q = Math.fma(q, f, VectorLogarithm.Q_6);
    q = Math.fma(q, f, VectorLogarithm.Q_5);
    q = Math.fma(q, f, VectorLogarithm.Q_4);
    q = Math.fma(q, f, VectorLogarithm.Q_3);
    q = Math.fma(q, f, VectorLogarithm.Q_2);
    q = Math.fma(q, f, VectorLogarithm.Q_1);
    q = Math.fma(q, f, VectorLogarithm.Q_0);
    return Math.fma(f * f, q, f);
  }
}
