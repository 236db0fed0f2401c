package dev.sardonyx.runtime.kernel;

import static dev.sardonyx.runtime.kernel.TwinExponential.decay;
import static dev.sardonyx.runtime.kernel.VectorExponential.UNLIFT;

/** {@link VectorErrorFunction} of one float, operation by operation; see {@link TwinCurves}. */
final class TwinErrorFunction {

  private TwinErrorFunction() {}

  static float erf(float v) {
    float size = TwinSigmoid.capped(Math.abs(v), VectorErrorFunction.END);
    float square = size * size;
    float y =
        size < VectorErrorFunction.SPLIT
            ? Math.fma(size, polynomial(VectorErrorFunction.ERF, square), size)
            : Math.fma(decay(polynomial(VectorErrorFunction.LOG, size)), -UNLIFT, 1);
    return TwinSigmoid.signed(y, v);
  }

  static float gelu(float x) {
    float v = TwinSigmoid.finiteBelow(x);
    float size = TwinSigmoid.capped(Math.abs(v), 15);
    float half = size * 0.5f;
    float product = half * size;
    float low = Math.fma(half, size, -product);
    float tail = decay(product, low) * perDensity(size);
    return v >= 0 ? v * Math.fma(tail, -UNLIFT, 1) : size * tail * -UNLIFT;
  }

  private static float perDensity(float x) {
    float inverse = 1 / (x + 3);
    float t = (x - 3) * inverse;
    return polynomial(VectorErrorFunction.TAIL, t) * inverse;
  }

  /** The highest order stands last. */
  private static float polynomial(float[] coefficients, float x) {
    float p = coefficients[coefficients.length - 1];
    for (int i = coefficients.length - 2; i >= 0; i--) {
      p = Math.fma(p, x, coefficients[i]);
    }
    return p;
  }
}
