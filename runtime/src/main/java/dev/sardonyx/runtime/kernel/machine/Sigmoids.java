package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.Exponentials.Parts;
import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.kernel.machine.Formula.When;

/**
 * Sigmoid curves: quotients of exp(-|x|), which cannot overflow. Below 0 the quotient's exponent
 * comes last, since a subnormal dividend has few digits. The formulas are those of {@code
 * VectorSigmoid}.
 */
final class Sigmoids {
  private static final float FACTOR = (float) (2 * Math.sqrt(2 / Math.PI));

  private static final float CUBE_FACTOR = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

  private Sigmoids() {}

  /** 1 / (1 + exp(-x)), within 2 ULP. */
  static Value sigmoid(Formula f, Value x) {
    Value zero = f.constant(0);
    Parts decay = Exponentials.decay(f, f.cappedSize(x, Exponentials.FALLEN));
    Value e = decay.whole(f);
    Value other = f.divide(e, f.add(e, 1)); // the share of the other sign
    Value base = f.choice(When.NOT_LESS, x, zero, f.constant(1), decay.mantissa());
    Value exponent = f.choice(When.NOT_LESS, x, zero, zero, decay.exponent());
    return f.scale(f.multiplyFrom(base, other, base), exponent);
  }

  /**
   * (exp(2x) - 1) / (exp(2x) + 1), within 2 ULP: h - h h / (1 + h) with h = (exp(2x) - 1) / 2 near
   * 0, else 1 - 1 / (1 + h); so the errors of the quotient weigh little.
   */
  static Value tanh(Formula f, Value x) {
    Value size = f.cappedSize(x, 9.1f);
    Value h = Exponentials.expm1(f, f.add(size, size), 0.5f);
    Value base = f.min(f.constant(1), h);
    Value quotient = f.divide(base, f.add(h, 1));
    return f.signed(f.multiplyFrom(base, quotient, base), x);
  }

  /** x / (1 + exp(-alpha x)), within 4 ULP, for alpha from 0.5 to 100. */
  static Value swish(Formula f, Value x, Value alpha) {
    Value size = f.cappedSize(x, 2 * Exponentials.FALLEN);
    Value product = f.multiply(size, alpha);
    Value low = f.multiplySubtract(size, alpha, product);
    Parts decay = Exponentials.decay(f, f.min(f.constant(Exponentials.FALLEN), product), low);
    return rising(f, x, size, decay);
  }

  /** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³))) / 2, which is x / (1 + exp(-2 ...)). */
  static Value geluTanh(Formula f, Value x) {
    Value size = f.cappedSize(x, 11.5f);
    Value slope = f.multiplyAdd(f.multiply(size, size), CUBE_FACTOR, FACTOR);
    return rising(f, x, size, Exponentials.decay(f, f.multiply(size, slope)));
  }

  /** x / (1 + decay) from 0 on, below -size times the same of the other sign. */
  private static Value rising(Formula f, Value x, Value size, Parts decay) {
    Value zero = f.constant(0);
    Value divisor = f.add(decay.whole(f), 1);
    Value below = f.multiply(minusSize(f, x, size), decay.mantissa());
    Value dividend = f.choice(When.NOT_LESS, x, zero, x, below);
    Value exponent = f.choice(When.NOT_LESS, x, zero, zero, decay.exponent());
    return f.scale(f.divide(dividend, divisor), exponent);
  }

  /** -size for a finite x; -inf becomes NaN: what comes of it is multiplied by a share of 0. */
  static Value minusSize(Formula f, Value x, Value size) {
    return f.multiplySubtract(x, f.constant(0), size);
  }

  /** x tanh(log(1 + exp(x))), within 6 ULP: with w = exp(x), x (w² + 2w) / (w² + 2w + 2). */
  static Value mish(Formula f, Value x) {
    Value zero = f.constant(0);
    Value size = f.cappedSize(x, Exponentials.FALLEN);
    Parts decay = Exponentials.decay(f, size);
    Value e = decay.whole(f);
    Value twice = f.add(e, e);
    Value above = f.add(twice, 1); // above 0 both parts are divided by w²
    Value below = f.add(e, 2);
    Value upper = f.multiplyAdd(twice, e, above);
    Value lower = f.multiplyAdd(e, below, f.constant(2));
    Value divisor = f.choice(When.NOT_LESS, x, zero, upper, lower);
    Value falling = f.multiply(f.multiply(minusSize(f, x, size), decay.mantissa()), below);
    Value dividend = f.choice(When.NOT_LESS, x, zero, f.multiply(x, above), falling);
    Value exponent = f.choice(When.NOT_LESS, x, zero, zero, decay.exponent());
    return f.scale(f.divide(dividend, divisor), exponent);
  }

  /** log(1 + exp(x)), within 2 ULP. */
  static Value softplus(Formula f, Value x) {
    Value e = Exponentials.fall(f, f.size(x));
    return f.add(Logarithms.log1pOfUnit(f, e), f.max(f.constant(0), x));
  }

  /** gamma x, or gamma alpha (exp(beta x) - 1) where x is negative; within 4 ULP. */
  static Value elu(Formula f, Value x, Value alpha, Value gamma, Value beta) {
    Value bounded = f.max(f.constant(-20), f.multiply(x, beta));
    Value below = f.multiply(Exponentials.expm1(f, bounded), alpha);
    return f.multiply(f.choice(When.LESS, x, f.constant(0), below, x), gamma);
  }
}
