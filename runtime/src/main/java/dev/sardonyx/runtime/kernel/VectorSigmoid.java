package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.VectorExponential.ONES;
import static dev.sardonyx.runtime.kernel.VectorExponential.UNLIFTS;
import static dev.sardonyx.runtime.kernel.VectorExponential.decay;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Sigmoid curves in lanes: quotients of e = exp(-|x|), which cannot overflow. Below 0 the dividend
 * is multiplied before it is brought to its size, since a subnormal e has few digits.
 */
final class VectorSigmoid {

  /** Where every curve here is at its end: x exp(-x) is 0. */
  static final float END = 120;

  static final float FACTOR = (float) (2 * Math.sqrt(2 / Math.PI));

  static final float CUBE_FACTOR = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

  static final int SIGN = 0x80000000;

  // Vectors made once, where a broadcast in the loop would be one call more: see VectorCurves.
  private static final FloatVector ENDS = Lanes.all(END);
  private static final FloatVector SWISH_ENDS = Lanes.all(2 * END);
  private static final FloatVector TANH_ENDS = Lanes.all(9.1f);
  private static final FloatVector GELU_ENDS = Lanes.all(11.5f);
  private static final FloatVector FACTORS = Lanes.all(FACTOR);
  private static final FloatVector CUBE_FACTORS = Lanes.all(CUBE_FACTOR);
  private static final FloatVector HALVES = Lanes.all(0.5f);
  private static final FloatVector TWOS = Lanes.all(2);
  private static final FloatVector ZEROS = Lanes.all(0);
  private static final FloatVector NANS = Lanes.all(Float.NaN);
  private static final FloatVector NEGATIVE_INFINITIES = Lanes.all(Float.NEGATIVE_INFINITY);

  private VectorSigmoid() {}

  /** 1 / (1 + exp(-x)), within 2 ULP. */
  static FloatVector sigmoid(FloatVector v) {
    VectorMask<Float> up = v.compare(VectorOperators.GE, ZEROS);
    FloatVector lifted = decay(capped(v.abs(), ENDS));
    FloatVector e = lifted.mul(UNLIFTS);
    FloatVector other = e.div(e.add(ONES)); // the share of the other sign
    FloatVector base = lifted.blend(ONES, up);
    return base.fma(other.neg(), base).mul(UNLIFTS.blend(ONES, up));
  }

  /**
   * (exp(2x) - 1) / (exp(2x) + 1), within 2 ULP: h - h h / (1 + h) with h = (exp(2x) - 1) / 2 near
   * 0, else 1 - 1 / (1 + h); so the errors of the quotient weigh little.
   */
  static FloatVector tanh(FloatVector v) {
    FloatVector size = capped(v.abs(), TANH_ENDS);
    FloatVector h = VectorExponential.expm1(size.add(size)).mul(HALVES);
    FloatVector base = ONES.blend(h, h.compare(VectorOperators.LT, ONES));
    FloatVector quotient = base.div(h.add(ONES));
    return signed(base.fma(quotient.neg(), base), v);
  }

  /** x / (1 + exp(-alpha x)), within 4 ULP, for alpha from 0.5 to 100. */
  static FloatVector swish(FloatVector x, FloatVector alpha) {
    FloatVector v = finiteBelow(x);
    VectorMask<Float> up = v.compare(VectorOperators.GE, ZEROS);
    FloatVector size = capped(v.abs(), SWISH_ENDS);
    FloatVector product = size.mul(alpha);
    VectorMask<Float> beyond = product.compare(VectorOperators.GT, ENDS);
    FloatVector low = size.fma(alpha, product.neg()).blend(ZEROS, beyond);
    FloatVector e = decay(product.blend(ENDS, beyond), low);
    return rising(v, size.mul(e).neg(), e.fma(UNLIFTS, ONES), up);
  }

  /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³))) / 2, which is x / (1 + exp(-2 ...)). */
  static FloatVector geluTanh(FloatVector x) {
    FloatVector v = finiteBelow(x);
    VectorMask<Float> up = v.compare(VectorOperators.GE, ZEROS);
    FloatVector size = capped(v.abs(), GELU_ENDS);
    FloatVector e = decay(size.mul(size.mul(size).fma(CUBE_FACTORS, FACTORS)));
    return rising(v, size.mul(e).neg(), e.fma(UNLIFTS, ONES), up);
  }

  /** x tanh(log(1 + exp(x))), within 6 ULP: with w = exp(x), x (w² + 2w) / (w² + 2w + 2). */
  static FloatVector mish(FloatVector x) {
    FloatVector v = finiteBelow(x);
    VectorMask<Float> up = v.compare(VectorOperators.GE, ZEROS);
    FloatVector size = capped(v.abs(), ENDS);
    FloatVector lifted = decay(size);
    FloatVector e = lifted.mul(UNLIFTS);
    FloatVector twice = e.add(e);
    FloatVector above = twice.add(ONES); // above 0 both parts are divided by w²
    FloatVector below = e.add(TWOS);
    FloatVector divisor = e.mul(below).add(TWOS).blend(twice.fma(e, above), up);
    FloatVector dividend = size.mul(lifted).mul(below).neg().blend(v.mul(above), up);
    return dividend.div(divisor).mul(UNLIFTS.blend(ONES, up)); // no more methods: VectorCurves
  }

  /** log(1 + exp(x)), within 2 ULP. */
  static FloatVector softplus(FloatVector v) {
    FloatVector e = VectorExponential.fall(v.abs());
    FloatVector positive = v.blend(ZEROS, v.compare(VectorOperators.LT, ZEROS));
    return VectorLogarithm.log1pOfUnit(e).add(positive);
  }

  /** gamma x, or gamma alpha (exp(beta x) - 1) where x is negative; within 4 ULP. */
  static FloatVector elu(FloatVector v, FloatVector alpha, FloatVector gamma, FloatVector beta) {
    FloatVector x = v.mul(beta);
    FloatVector bounded = x.blend(-20, x.compare(VectorOperators.LT, -20));
    FloatVector below = VectorExponential.expm1(bounded).mul(alpha);
    return v.blend(below, v.compare(VectorOperators.LT, ZEROS)).mul(gamma);
  }

  /** -inf becomes NaN: what comes of it is multiplied by a share of 0. */
  static FloatVector finiteBelow(FloatVector v) {
    return v.blend(NANS, v.compare(VectorOperators.EQ, NEGATIVE_INFINITIES));
  }

  /** above / divisor where up, else lifted / divisor at its size. */
  private static FloatVector rising(
      FloatVector above, FloatVector lifted, FloatVector divisor, VectorMask<Float> up) {
    return lifted.blend(above, up).div(divisor).mul(UNLIFTS.blend(ONES, up));
  }

  /** |x|, but no more than a limit; NaN stays. */
  static FloatVector capped(FloatVector size, FloatVector limit) {
    return size.blend(limit, size.compare(VectorOperators.GT, limit));
  }

  /** A size with the sign of v, that of a zero too. */
  static FloatVector signed(FloatVector size, FloatVector v) {
    return size.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }
}
