package dev.sardonyx.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential in lanes, of nothing but sums, products, blends and shifts: these give the same
 * bits interpreted and compiled, which VectorOperators.EXP does not (docs/adr/0016).
 *
 * <p>x = n ln 2 + rest, and exp(x) = 2^n (1 + expm1(rest)) with |rest| at most ln(2) / 2.
 */
final class VectorExponential {

  /** What {@link #decay} is too large by: so that it keeps its digits where exp(-x) has few. */
  static final float LIFT = 0x1p64f;

  /** The factor that takes {@link #LIFT} back. */
  static final float UNLIFT = 0x1p-64f;

  static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 in two parts, the first short, so that its product with n is exact. */
  static final float LN_2_HIGH = 0x1.62e4p-1f;

  static final float LN_2_LOW = 0x1.7f7d1cp-20f;

  /**
   * A float of this size has no fraction: added to a number it leaves that number, rounded, in the
   * last eight bits, and with the 127 more they are the exponent of a power of two.
   */
  static final float SHIFT = 0x1.8p23f + 127;

  /** exp of less is 0, of more infinite. */
  static final float LEAST = -104;

  static final float MOST = 89;

  // exp(r) - 1 is r + r² q(r) where r is within ln(2) / 2.
  static final float Q_0 = 0x1.fffffep-2f;
  static final float Q_1 = 0x1.5554b2p-3f;
  static final float Q_2 = 0x1.5556f4p-5f;
  static final float Q_3 = 0x1.1226e6p-7f;
  static final float Q_4 = 0x1.6b9bb4p-10f;

  // Vectors made once, where a broadcast in the loop would be one call more: see VectorCurves.
  private static final FloatVector LOG2_ES = Lanes.all(LOG2_E);
  private static final FloatVector MINUS_LOG2_ES = Lanes.all(-LOG2_E);
  private static final FloatVector MINUS_LN_2_HIGHS = Lanes.all(-LN_2_HIGH);
  private static final FloatVector MINUS_LN_2_LOWS = Lanes.all(-LN_2_LOW);
  private static final FloatVector SHIFTS = Lanes.all(SHIFT);
  private static final FloatVector LIFTING_SHIFTS = Lanes.all(SHIFT + 64);
  private static final FloatVector LOWERING_SHIFTS = Lanes.all(SHIFT - 64);
  private static final FloatVector LIFTS = Lanes.all(LIFT);
  static final FloatVector UNLIFTS = Lanes.all(UNLIFT);
  static final FloatVector ONES = Lanes.all(1);
  private static final FloatVector LEASTS = Lanes.all(LEAST);
  private static final FloatVector MOSTS = Lanes.all(MOST);
  private static final FloatVector FALLEN = Lanes.all(130);
  private static final FloatVector Q_0S = Lanes.all(Q_0);
  private static final FloatVector Q_1S = Lanes.all(Q_1);
  private static final FloatVector Q_2S = Lanes.all(Q_2);
  private static final FloatVector Q_3S = Lanes.all(Q_3);
  private static final FloatVector Q_4S = Lanes.all(Q_4);

  private VectorExponential() {}

  /** e to the x, within 1 ULP, subnormal results too. */
  static FloatVector exp(FloatVector v) {
    // 2^n may have no float where exp(x) has one: 64 less or more, and a second factor.
    VectorMask<Float> up = v.compare(VectorOperators.GE, 0);
    FloatVector raised = v.blend(LEASTS, v.compare(VectorOperators.LT, LEASTS));
    FloatVector x = raised.blend(MOSTS, raised.compare(VectorOperators.GT, MOSTS));
    FloatVector shift = LIFTING_SHIFTS.blend(LOWERING_SHIFTS, up);
    FloatVector shifted = x.fma(LOG2_ES, shift);
    FloatVector power = power(shifted);
    FloatVector part = expm1OfRest(rest(x, shifted.sub(shift)));
    return part.fma(power, power).mul(UNLIFTS.blend(LIFTS, up));
  }

  /** exp(-x) for x from 0 to infinity, within 1 ULP: half the calls of {@link #exp}. */
  static FloatVector fall(FloatVector x) {
    return decay(x.blend(FALLEN, x.compare(VectorOperators.GT, FALLEN))).mul(UNLIFTS);
  }

  /** exp(-x) times {@link #LIFT} for x from 0 to 130, within 1 ULP. */
  static FloatVector decay(FloatVector x) {
    FloatVector shifted = x.fma(MINUS_LOG2_ES, LIFTING_SHIFTS);
    FloatVector power = power(shifted);
    FloatVector part = expm1OfRest(rest(x.neg(), shifted.sub(LIFTING_SHIFTS)));
    return part.fma(power, power);
  }

  /** The same of x + low, where low is what x lost as it was rounded. */
  static FloatVector decay(FloatVector x, FloatVector low) {
    FloatVector shifted = x.fma(MINUS_LOG2_ES, LIFTING_SHIFTS);
    FloatVector power = power(shifted);
    FloatVector rest = rest(x.neg(), shifted.sub(LIFTING_SHIFTS)).sub(low);
    return expm1OfRest(rest).fma(power, power);
  }

  /** exp(x) - 1 for x from -80 to 80, within 1 ULP of it near 0 too; -0 gives 0. */
  static FloatVector expm1(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_ES, SHIFTS);
    FloatVector power = power(shifted);
    FloatVector part = expm1OfRest(rest(x, shifted.sub(SHIFTS)));
    return part.fma(power, power.sub(ONES));
  }

  private static FloatVector power(FloatVector shifted) {
    return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector rest(FloatVector x, FloatVector n) {
    return n.fma(MINUS_LN_2_LOWS, n.fma(MINUS_LN_2_HIGHS, x));
  }

  /** r + r² q(r); q by Remez' method for the least relative error, here 1.4e-8. */
  private static FloatVector expm1OfRest(FloatVector r) {
    FloatVector q = r.fma(Q_4S, Q_3S);
    q = q.fma(r, Q_2S);
    q = q.fma(r, Q_1S);
    q = q.fma(r, Q_0S);
    return r.mul(r).fma(q, r);
  }
}
