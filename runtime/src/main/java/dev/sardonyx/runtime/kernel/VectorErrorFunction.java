package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.VectorExponential.ONES;
import static dev.sardonyx.runtime.kernel.VectorExponential.UNLIFT;
import static dev.sardonyx.runtime.kernel.VectorExponential.decay;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The error function and the normal distribution in lanes; all polynomials by Remez' method for the
 * least relative error of what they are part of.
 */
final class VectorErrorFunction {

  /** Below, erf is odd in x; above, it is 1 - exp(-p(x)). */
  static final float SPLIT = 0.9f;

  /** From here on erf(x) is 1. */
  static final float END = 3.95f;

  // Vectors made once, where a broadcast in the loop would be one call more: see VectorCurves.
  private static final FloatVector SPLITS = Lanes.all(SPLIT);
  private static final FloatVector ENDS = Lanes.all(END);
  private static final FloatVector MINUS_UNLIFTS = Lanes.all(-UNLIFT);
  private static final FloatVector HALVES = Lanes.all(0.5f);
  private static final FloatVector GELU_ENDS = Lanes.all(15);
  private static final FloatVector ZEROS = Lanes.all(0);
  private static final FloatVector THREES = Lanes.all(3);

  static final float[] ERF = {
    0x1.06eba6p-3f,
    -0x1.8126f4p-2f,
    0x1.ce1d38p-4f,
    -0x1.b6b7b0p-6f,
    0x1.4851c4p-8f,
    -0x1.3ec652p-11f
  };

  private static final FloatVector ERF_0 = Lanes.all(ERF[0]);
  private static final FloatVector ERF_1 = Lanes.all(ERF[1]);
  private static final FloatVector ERF_2 = Lanes.all(ERF[2]);
  private static final FloatVector ERF_3 = Lanes.all(ERF[3]);
  private static final FloatVector ERF_4 = Lanes.all(ERF[4]);
  private static final FloatVector ERF_5 = Lanes.all(ERF[5]);

  static final float[] LOG = {
    0x1.5d0bc8p-13f,
    0x1.20b752p+0f,
    0x1.4621bcp-1f,
    0x1.aa730cp-4f,
    -0x1.6d9cb0p-6f,
    0x1.91ccc0p-9f,
    -0x1.9fb2e4p-13f
  };

  private static final FloatVector LOG_0 = Lanes.all(LOG[0]);
  private static final FloatVector LOG_1 = Lanes.all(LOG[1]);
  private static final FloatVector LOG_2 = Lanes.all(LOG[2]);
  private static final FloatVector LOG_3 = Lanes.all(LOG[3]);
  private static final FloatVector LOG_4 = Lanes.all(LOG[4]);
  private static final FloatVector LOG_5 = Lanes.all(LOG[5]);
  private static final FloatVector LOG_6 = Lanes.all(LOG[6]);

  static final float[] TAIL = {
    0x1.754a76p-1f,
    -0x1.04c72ap-1f,
    0x1.d71302p-3f,
    -0x1.8328ecp-5f,
    -0x1.569976p-7f,
    0x1.c76b3ap-8f,
    0x1.060a52p-10f,
    -0x1.fbfe40p-11f,
    -0x1.8e47dep-13f,
    0x1.1a9fe4p-14f
  };

  private static final FloatVector TAIL_0 = Lanes.all(TAIL[0]);
  private static final FloatVector TAIL_1 = Lanes.all(TAIL[1]);
  private static final FloatVector TAIL_2 = Lanes.all(TAIL[2]);
  private static final FloatVector TAIL_3 = Lanes.all(TAIL[3]);
  private static final FloatVector TAIL_4 = Lanes.all(TAIL[4]);
  private static final FloatVector TAIL_5 = Lanes.all(TAIL[5]);
  private static final FloatVector TAIL_6 = Lanes.all(TAIL[6]);
  private static final FloatVector TAIL_7 = Lanes.all(TAIL[7]);
  private static final FloatVector TAIL_8 = Lanes.all(TAIL[8]);
  private static final FloatVector TAIL_9 = Lanes.all(TAIL[9]);

  private VectorErrorFunction() {}

  /** The error function, within 2 ULP. */
  static FloatVector erf(FloatVector v) {
    FloatVector size = VectorSigmoid.capped(v.abs(), ENDS);
    FloatVector large = decay(minusLogOfRest(size)).fma(MINUS_UNLIFTS, ONES);
    FloatVector small = size.fma(perX(size.mul(size)), size);
    VectorMask<Float> near = size.compare(VectorOperators.LT, SPLITS);
    return VectorSigmoid.signed(large.blend(small, near), v);
  }

  /** erf(x) / x - 1 of x². */
  private static FloatVector perX(FloatVector square) {
    FloatVector p = square.fma(ERF_5, ERF_4);
    p = p.fma(square, ERF_3);
    p = p.fma(square, ERF_2);
    p = p.fma(square, ERF_1);
    return p.fma(square, ERF_0);
  }

  /** -log(1 - erf(x)) for x from SPLIT to END. */
  private static FloatVector minusLogOfRest(FloatVector x) {
    FloatVector p = x.fma(LOG_6, LOG_5);
    p = p.fma(x, LOG_4);
    p = p.fma(x, LOG_3);
    p = p.fma(x, LOG_2);
    p = p.fma(x, LOG_1);
    return p.fma(x, LOG_0);
  }

  /**
   * x times the share of the normal distribution below x, within 6 ULP: its tail beyond |x| is
   * exp(-x² / 2) g(|x|), where x² is kept with what its rounding lost.
   */
  static FloatVector gelu(FloatVector x) {
    FloatVector v = VectorSigmoid.finiteBelow(x);
    FloatVector size = VectorSigmoid.capped(v.abs(), GELU_ENDS);
    FloatVector half = size.mul(HALVES);
    FloatVector product = half.mul(size);
    FloatVector low = half.fma(size, product.neg());
    FloatVector tail = decay(product, low).mul(perDensity(size));
    FloatVector below = size.mul(tail).mul(MINUS_UNLIFTS);
    return below.blend(v.mul(tail.fma(MINUS_UNLIFTS, ONES)), v.compare(VectorOperators.GE, ZEROS));
  }

  /**
   * The tail of the normal distribution beyond x over exp(-x² / 2), for x from 0 to 15: nearly an
   * inverse of x, so that its product with x + 3 is what hardly changes.
   */
  private static FloatVector perDensity(FloatVector x) {
    FloatVector inverse = ONES.div(x.add(THREES));
    FloatVector t = x.sub(THREES).mul(inverse);
    FloatVector p = t.fma(TAIL_9, TAIL_8);
    p = p.fma(t, TAIL_7);
    p = p.fma(t, TAIL_6);
    p = p.fma(t, TAIL_5);
    p = p.fma(t, TAIL_4);
    p = p.fma(t, TAIL_3);
    p = p.fma(t, TAIL_2);
    p = p.fma(t, TAIL_1);
    return p.fma(t, TAIL_0).mul(inverse);
  }
}
