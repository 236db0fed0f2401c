package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.VectorExponential.LEAST;
import static dev.sardonyx.runtime.kernel.VectorExponential.LIFT;
import static dev.sardonyx.runtime.kernel.VectorExponential.LN_2_HIGH;
import static dev.sardonyx.runtime.kernel.VectorExponential.LN_2_LOW;
import static dev.sardonyx.runtime.kernel.VectorExponential.LOG2_E;
import static dev.sardonyx.runtime.kernel.VectorExponential.MOST;
import static dev.sardonyx.runtime.kernel.VectorExponential.SHIFT;
import static dev.sardonyx.runtime.kernel.VectorExponential.UNLIFT;

/** {@link VectorExponential} of one float, operation by operation; see {@link TwinCurves}. */
final class TwinExponential {

  private TwinExponential() {}

  static float exp(float v) {
    boolean up = v >= 0;
    float raised = v < LEAST ? LEAST : v;
    float x = raised > MOST ? MOST : raised;
    float shift = up ? SHIFT - 64 : SHIFT + 64;
    float shifted = Math.fma(x, LOG2_E, shift);
    float power = power(shifted);
    float part = expm1OfRest(rest(x, shifted - shift));
    return Math.fma(part, power, power) * (up ? LIFT : UNLIFT);
  }

  static float fall(float x) {
    return decay(x > 130 ? 130 : x) * UNLIFT;
  }

  static float decay(float x) {
    return decay(x, 0);
  }

  static float decay(float x, float low) {
    float shifted = Math.fma(x, -LOG2_E, SHIFT + 64);
    float power = power(shifted);
    float rest = rest(-x, shifted - (SHIFT + 64)) - low;
    return Math.fma(expm1OfRest(rest), power, power);
  }

  static float expm1(float x) {
    float shifted = Math.fma(x, LOG2_E, SHIFT);
    float power = power(shifted);
    float part = expm1OfRest(rest(x, shifted - SHIFT));
    return Math.fma(part, power, power - 1);
  }

  private static float power(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
  }

  private static float rest(float x, float n) {
    return Math.fma(n, -LN_2_LOW, Math.fma(n, -LN_2_HIGH, x));
  }

  private static float expm1OfRest(float r) {
    float q = Math.fma(r, VectorExponential.Q_4, VectorExponential.Q_3);
    q = Math.fma(q, r, VectorExponential.Q_2);
    q = Math.fma(q, r, VectorExponential.Q_1);
    q = Math.fma(q, r, VectorExponential.Q_0);
    return Math.fma(r * r, q, r);
  }
}
