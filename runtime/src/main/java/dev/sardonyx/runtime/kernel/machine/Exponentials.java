package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;

/**
 * Exponentials: x = n ln 2 + rest, and exp(x) = (1 + expm1(rest)) * 2^n with |rest| at most ln(2) /
 * 2, scaled last, so that nothing is lost where 2^n has no float. The polynomial is that of {@code
 * VectorExponential}.
 */
final class Exponentials {
  private static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 in two parts, the first short, so that its product with n is exact. */
  private static final float LN_2_HIGH = 0x1.62e4p-1f;

  private static final float LN_2_LOW = 0x1.7f7d1cp-20f;

  /** A float of this size has no fraction: added to a number it rounds that number. */
  private static final float SHIFT = 0x1.8p23f;

  /** exp of less is 0, of more infinite. */
  private static final float LEAST = -104;

  private static final float MOST = 89;

  /** Where exp(-x) times any factor that occurs is 0. */
  static final float FALLEN = 120;

  private static final float[] Q = {
    0x1.fffffep-2f, 0x1.5554b2p-3f, 0x1.5556f4p-5f, 0x1.1226e6p-7f, 0x1.6b9bb4p-10f
  };

  private Exponentials() {}

  /**
   * An exponential in two parts.
   *
   * @param mantissa from 0.7 to 1.42
   * @param exponent a whole number
   */
  record Parts(Value mantissa, Value exponent) {
    /** Together. */
    Value whole(Formula f) {
      return f.scale(mantissa, exponent);
    }
  }

  /** e to the x, within 1 ULP, subnormal results too. */
  static Value exp(Formula f, Value x) {
    Value bounded = f.min(f.constant(MOST), f.max(f.constant(LEAST), x));
    Value exponent = exponent(f, bounded, LOG2_E);
    return new Parts(f.add(expm1OfRest(f, rest(f, bounded, exponent)), 1), exponent).whole(f);
  }

  /** exp(-x) for x from 0 to infinity, within 1 ULP. */
  static Value fall(Formula f, Value x) {
    return decay(f, f.min(f.constant(FALLEN), x)).whole(f);
  }

  /** exp(-x) for x from 0 to some thousands. */
  static Parts decay(Formula f, Value x) {
    Value exponent = exponent(f, x, -LOG2_E);
    Value part = expm1OfRest(f, restOfDecay(f, x, exponent));
    return new Parts(f.add(part, 1), exponent);
  }

  /** The same of x + low, where low is what x lost as it was rounded. */
  static Parts decay(Formula f, Value x, Value low) {
    Value exponent = exponent(f, x, -LOG2_E);
    Value part = expm1OfRest(f, f.subtract(restOfDecay(f, x, exponent), low));
    return new Parts(f.add(part, 1), exponent);
  }

  /** exp(x) - 1 for x from -80 to 80, within 1 ULP of it near 0 too; -0 gives 0. */
  static Value expm1(Formula f, Value x) {
    return expm1(f, x, 1);
  }

  /** The same times a power of two. */
  static Value expm1(Formula f, Value x, float factor) {
    Value exponent = exponent(f, x, LOG2_E);
    Value power = f.scale(f.constant(factor), exponent);
    Value part = expm1OfRest(f, rest(f, x, exponent));
    return f.multiplyAdd(part, power, f.add(power, -factor));
  }

  private static Value exponent(Formula f, Value x, float factor) {
    return f.add(f.multiplyAdd(x, factor, SHIFT), -SHIFT);
  }

  private static Value rest(Formula f, Value x, Value n) {
    Value high = f.multiplyFrom(n, f.constant(LN_2_HIGH), x);
    return f.multiplyFrom(n, f.constant(LN_2_LOW), high);
  }

  /** -x - n ln 2. */
  private static Value restOfDecay(Formula f, Value x, Value n) {
    Value high = f.multiplySubtract(n, f.constant(-LN_2_HIGH), x);
    return f.multiplyFrom(n, f.constant(LN_2_LOW), high);
  }

  private static Value expm1OfRest(Formula f, Value r) {
    return f.multiplyAdd(f.multiply(r, r), f.polynomial(r, Q), r);
  }
}
