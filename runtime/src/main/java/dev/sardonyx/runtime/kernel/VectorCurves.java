package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Curves over a contiguous run: y[i] = f(x[i]) from an index on, each with its loop ({@link
 * VectorRuns}). Every vector goes by a mask, so that the formula stands once: C2 inlines no more of
 * our own methods once a method has some 85 calls of the Vector API, and then boxes each vector.
 * For the same reason what comes last calls the Vector API itself.
 */
final class VectorCurves {

  private VectorCurves() {}

  /** e to the x. */
  static void exp(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorExponential.exp(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** Natural logarithm. */
  static void log(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorLogarithm.log(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** Hyperbolic tangent. */
  static void tanh(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.tanh(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** 1 / (1 + exp(-x)). */
  static void sigmoid(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.sigmoid(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** x / (1 + exp(-alpha x)). */
  static void swish(int n, MemorySegment x, long from, MemorySegment y, long to, float alpha) {
    FloatVector factor = Lanes.all(alpha);
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.swish(Lanes.load(x, xAt, i, lanes), factor);
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** x tanh(log(1 + exp(x))). */
  static void mish(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.mish(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** log(1 + exp(x)). */
  static void softplus(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.softplus(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** gamma x, or gamma alpha (exp(beta x) - 1) below 0. */
  static void elu(
      int n, MemorySegment x, long from, MemorySegment y, long to, UnaryFunction.Elu function) {
    FloatVector alphas = Lanes.all(function.alpha());
    FloatVector gammas = Lanes.all(function.gamma());
    FloatVector betas = Lanes.all(function.beta());
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.elu(Lanes.load(x, xAt, i, lanes), alphas, gammas, betas);
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** The error function. */
  static void erf(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorErrorFunction.erf(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** x (1 + erf(x / sqrt(2))) / 2. */
  static void gelu(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorErrorFunction.gelu(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }

  /** The same by its approximation with tanh. */
  static void geluTanh(int n, MemorySegment x, long from, MemorySegment y, long to) {
    long xAt = Lanes.bytes(x, from);
    long yAt = Lanes.bytes(y, to);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector v = VectorSigmoid.geluTanh(Lanes.load(x, xAt, i, lanes));
      v.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
    }
  }
}
