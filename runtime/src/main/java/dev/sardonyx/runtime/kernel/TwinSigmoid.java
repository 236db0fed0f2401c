package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.TwinExponential.decay;
import static dev.sardonyx.runtime.kernel.VectorExponential.UNLIFT;
import static dev.sardonyx.runtime.kernel.VectorSigmoid.CUBE_FACTOR;
import static dev.sardonyx.runtime.kernel.VectorSigmoid.END;
import static dev.sardonyx.runtime.kernel.VectorSigmoid.FACTOR;
import static dev.sardonyx.runtime.kernel.VectorSigmoid.SIGN;

/** {@link VectorSigmoid} of one float, operation by operation; see {@link TwinCurves}. */
final class TwinSigmoid {

  private TwinSigmoid() {}

  static float sigmoid(float v) {
    boolean up = v >= 0;
    float lifted = decay(capped(Math.abs(v), END));
    float e = lifted * UNLIFT;
    float other = e / (e + 1);
    float base = up ? 1 : lifted;
    return Math.fma(base, -other, base) * (up ? 1 : UNLIFT);
  }

  static float tanh(float v) {
    float size = capped(Math.abs(v), 9.1f);
    float h = TwinExponential.expm1(size + size) * 0.5f;
    float base = h < 1 ? h : 1;
    float quotient = base / (h + 1);
    return signed(Math.fma(base, -quotient, base), v);
  }

  static float swish(float x, float alpha) {
    float v = finiteBelow(x);
    float size = capped(Math.abs(v), 2 * END);
    float product = size * alpha;
    boolean beyond = product > END;
    float low = beyond ? 0 : Math.fma(size, alpha, -product);
    float e = decay(beyond ? END : product, low);
    return rising(v, -(size * e), Math.fma(e, UNLIFT, 1));
  }

  static float geluTanh(float x) {
    float v = finiteBelow(x);
    float size = capped(Math.abs(v), 11.5f);
    float e = decay(size * Math.fma(size * size, CUBE_FACTOR, FACTOR));
    return rising(v, -(size * e), Math.fma(e, UNLIFT, 1));
  }

  static float mish(float x) {
    float v = finiteBelow(x);
    boolean up = v >= 0;
    float size = capped(Math.abs(v), END);
    float lifted = decay(size);
    float e = lifted * UNLIFT;
    float twice = e + e;
    float above = twice + 1;
    float below = e + 2;
    float divisor = up ? Math.fma(twice, e, above) : e * below + 2;
    float dividend = up ? v * above : -(size * lifted * below);
    return dividend / divisor * (up ? 1 : UNLIFT);
  }

  static float softplus(float v) {
    float e = TwinExponential.fall(Math.abs(v));
    return TwinLogarithm.log1pOfUnit(e) + (v < 0 ? 0 : v);
  }

  static float elu(float v, UnaryFunction.Elu function) {
    float x = v * function.beta();
    float below = TwinExponential.expm1(x < -20 ? -20 : x) * function.alpha();
    return (v < 0 ? below : v) * function.gamma();
  }

  static float finiteBelow(float v) {
    return v == Float.NEGATIVE_INFINITY ? Float.NaN : v;
  }

  private static float rising(float above, float lifted, float divisor) {
    return above >= 0 ? above / divisor : lifted / divisor * UNLIFT;
  }

  static float capped(float size, float limit) {
    return size > limit ? limit : size;
  }

  static float signed(float size, float v) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(size) | Float.floatToRawIntBits(v) & SIGN);
  }
}
