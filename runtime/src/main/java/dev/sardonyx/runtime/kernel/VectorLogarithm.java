package dev.sardonyx.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Logarithms in lanes, of exact operations alone; see {@link VectorExponential}. */
final class VectorLogarithm {

  static final float LN_2 = 0x1.62e430p-1f;

  /** A float of this size has no fraction: whole numbers are its last bits. */
  static final float WHOLE = 0x1.8p23f;

  static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

  static final int TWO_THIRDS_BITS = Float.floatToRawIntBits(2f / 3);

  static final int EXPONENT_BITS = 0xff800000;

  // What log1p is of f within a third: f + f² q(f).
  static final float Q_0 = -0.5f;
  static final float Q_1 = 0x1.555506p-2f;
  static final float Q_2 = -0x1.fffefap-3f;
  static final float Q_3 = 0x1.99d050p-3f;
  static final float Q_4 = -0x1.559c66p-3f;
  static final float Q_5 = 0x1.1ed55ap-3f;
  static final float Q_6 = -0x1.f332d6p-4f;
  static final float Q_7 = 0x1.1e6d18p-3f;
  static final float Q_8 = -0x1.07c40p-3f;

  private VectorLogarithm() {}

  /** Natural logarithm, within 1 ULP; -inf at 0, NaN below. x = 2^e (1 + f), f within a third. */
  static FloatVector log(FloatVector v) {
    VectorMask<Float> subnormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = v.blend(v.mul(0x1p23f), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(TWO_THIRDS_BITS).and(EXPONENT_BITS);
    FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(1);
    FloatVector shifted =
        exponent.lanewise(VectorOperators.ASHR, 23).add(WHOLE_BITS).reinterpretAsFloats();
    FloatVector e = shifted.sub(Lanes.all(WHOLE).blend(WHOLE + 23, subnormal));
    FloatVector y = e.fma(Lanes.all(LN_2), log1pOfThird(f));
    y = y.blend(v, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    y = y.blend(Float.NaN, v.compare(VectorOperators.LT, 0));
    return y.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0));
  }

  /** log(1 + x) for x from 0 to 1, within 2 ULP. */
  static FloatVector log1pOfUnit(FloatVector x) {
    VectorMask<Float> large = x.compare(VectorOperators.GT, 1f / 3);
    FloatVector f = x.blend(x.mul(0.5f).sub(0.5f), large);
    return log1pOfThird(f).add(Lanes.all(0).blend(LN_2, large));
  }

  /**
   * f + f² q(f) for |f| at most 1/3; q by Remez' method for the least relative error, here 5e-9.
   */
  private static FloatVector log1pOfThird(FloatVector f) {
    FloatVector q = f.fma(Q_8, Q_7);
    q = q.fma(f, Lanes.all(Q_6));
    q = q.fma(f, Lanes.all(Q_5));
    q = q.fma(f, Lanes.all(Q_4));
    q = q.fma(f, Lanes.all(Q_3));
    q = q.fma(f, Lanes.all(Q_2));
    q = q.fma(f, Lanes.all(Q_1));
    q = q.fma(f, Lanes.all(Q_0));
    return f.mul(f).fma(q, f);
  }
}
