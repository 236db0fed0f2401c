package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Formula.When;

/** Logarithms; the polynomial is that of {@code VectorLogarithm}. */
final class Logarithms {
  private static final float LN_2 = 0x1.62e430p-1f;

  private static final float[] Q = {
    -0.5f,
    0x1.555506p-2f,
    -0x1.fffefap-3f,
    0x1.99d050p-3f,
    -0x1.559c66p-3f,
    0x1.1ed55ap-3f,
    -0x1.f332d6p-4f,
    0x1.1e6d18p-3f,
    -0x1.07c40p-3f
  };

  private Logarithms() {}

  /** Natural logarithm, within 1 ULP; -inf at 0, NaN below. x = 2^e (1 + f), f within a third. */
  static Value log(Formula f, Value x) {
    Value limit = f.constant(4f / 3);
    Value mantissa = f.mantissa(x);
    Value exponent = f.exponent(x);
    Value halved = f.multiply(mantissa, 0.5f);
    Value near = f.choice(When.GREATER, mantissa, limit, halved, mantissa);
    Value e = f.choice(When.GREATER, mantissa, limit, f.add(exponent, 1), exponent);
    return f.multiplyAdd(e, LN_2, log1pOfThird(f, f.add(near, -1)));
  }

  /** log(1 + x) for x from 0 to 1, within 2 ULP. */
  static Value log1pOfUnit(Formula f, Value x) {
    Value third = f.constant(1f / 3);
    Value halved = f.multiplyAdd(x, 0.5f, -0.5f);
    Value near = f.choice(When.GREATER, x, third, halved, x);
    Value shift = f.choice(When.GREATER, x, third, f.constant(LN_2), f.constant(0));
    return f.add(log1pOfThird(f, near), shift);
  }

  /** f + f² q(f) for |f| at most 1/3. */
  private static Value log1pOfThird(Formula f, Value x) {
    return f.multiplyAdd(f.multiply(x, x), f.polynomial(x, Q), x);
  }
}
