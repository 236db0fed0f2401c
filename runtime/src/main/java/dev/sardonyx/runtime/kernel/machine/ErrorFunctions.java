package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Exponentials.Parts;
import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Formula.When;

/**
 * The error function and the normal distribution; the polynomials are those of {@code
 * VectorErrorFunction}.
 */
final class ErrorFunctions {
  /** Below, erf is odd in x; above, it is 1 - exp(-p(x)). */
  private static final float SPLIT = 0.9f;

  /** From here on erf(x) is 1. */
  private static final float END = 3.95f;

  private static final float[] ERF = {
    0x1.06eba6p-3f,
    -0x1.8126f4p-2f,
    0x1.ce1d38p-4f,
    -0x1.b6b7b0p-6f,
    0x1.4851c4p-8f,
    -0x1.3ec652p-11f
  };

  private static final float[] LOG = {
    0x1.5d0bc8p-13f,
    0x1.20b752p+0f,
    0x1.4621bcp-1f,
    0x1.aa730cp-4f,
    -0x1.6d9cb0p-6f,
    0x1.91ccc0p-9f,
    -0x1.9fb2e4p-13f
  };

  private static final float[] TAIL = {
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

  private ErrorFunctions() {}

  /** The error function, within 2 ULP. */
  static Value erf(Formula f, Value x) {
    Value size = f.cappedSize(x, END);
    Value decay = Exponentials.decay(f, f.polynomial(size, LOG)).whole(f);
    Value large = f.subtract(f.constant(1), decay);
    Value perX = f.polynomial(f.multiply(size, size), ERF);
    Value small = f.multiplyAdd(size, perX, size);
    return f.signed(f.choice(When.LESS, size, f.constant(SPLIT), small, large), x);
  }

  /**
   * x times the share of the normal distribution below x, within 6 ULP: its tail beyond |x| is
   * exp(-x² / 2) g(|x|), where x² is kept with what its rounding lost.
   */
  static Value gelu(Formula f, Value x) {
    Value zero = f.constant(0);
    Value size = f.cappedSize(x, 15);
    Value half = f.multiply(size, 0.5f);
    Value product = f.multiply(half, size);
    Value low = f.multiplySubtract(half, size, product);
    Parts decay = Exponentials.decay(f, product, low);
    Value tail = f.multiply(decay.mantissa(), perDensity(f, size));
    Value rest = f.subtract(f.constant(1), f.scale(tail, decay.exponent()));
    Value below = f.scale(f.multiply(Sigmoids.minusSize(f, x, size), tail), decay.exponent());
    return f.choice(When.NOT_LESS, x, zero, f.multiply(x, rest), below);
  }

  /**
   * The tail of the normal distribution beyond x over exp(-x² / 2), for x from 0 to 15: nearly an
   * inverse of x, so that its product with x + 3 is what hardly changes.
   */
  private static Value perDensity(Formula f, Value x) {
    Value inverse = f.divide(f.constant(1), f.add(x, 3));
    Value t = f.multiply(f.add(x, -3), inverse);
    return f.multiply(f.polynomial(t, TAIL), inverse);
  }
}
