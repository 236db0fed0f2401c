package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * One loop per function over a contiguous run. A loop shared by several functions would call them
 * through one polymorphic call site, and C2 boxes every vector there.
 */
final class VectorRuns {

  private VectorRuns() {}

  /** y = x * scale + shift, rounded once. */
  static void affine(
      int n,
      MemorySegment x,
      long xOffset,
      float scale,
      float shift,
      MemorySegment y,
      long yOffset) {
    FloatVector scales = Lanes.all(scale);
    FloatVector shifts = Lanes.all(shift);
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.fma(scales, shifts), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.fma(scales, shifts).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** NaN stays: it does not compare as at most 0. */
  static void relu(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.blend(0, v.compare(VectorOperators.LE, 0)), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.blend(0, v.compare(VectorOperators.LE, 0))
          .intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = x, or x * slope where x is negative. */
  static void leakyRelu(
      int n, MemorySegment x, long xOffset, float slope, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.mul(slope, v.compare(VectorOperators.LT, 0)), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.mul(slope, v.compare(VectorOperators.LT, 0))
          .intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = x / divisor. */
  static void divideBy(
      int n, MemorySegment x, long xOffset, float divisor, MemorySegment y, long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(v.div(divisor), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.div(divisor).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = dividend / x. */
  static void divide(
      int n, MemorySegment x, long xOffset, float dividend, MemorySegment y, long yOffset) {
    FloatVector dividends = Lanes.all(dividend);
    long xAt = Lanes.bytes(x, xOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      Lanes.store(dividends.div(v), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      dividends.div(v).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = a + b. */
  static void add(
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long aAt = Lanes.bytes(a, aOffset);
    long bAt = Lanes.bytes(b, bOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(a, aAt, i);
      FloatVector w = Lanes.load(b, bAt, i);
      Lanes.store(v.add(w), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, a, (aOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, (bOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.add(w).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = a - b. */
  static void subtract(
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long aAt = Lanes.bytes(a, aOffset);
    long bAt = Lanes.bytes(b, bOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(a, aAt, i);
      FloatVector w = Lanes.load(b, bAt, i);
      Lanes.store(v.sub(w), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, a, (aOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, (bOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.sub(w).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = a * b. */
  static void multiply(
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long aAt = Lanes.bytes(a, aOffset);
    long bAt = Lanes.bytes(b, bOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(a, aAt, i);
      FloatVector w = Lanes.load(b, bAt, i);
      Lanes.store(v.mul(w), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, a, (aOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, (bOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.mul(w).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = a / b. */
  static void divide(
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long aAt = Lanes.bytes(a, aOffset);
    long bAt = Lanes.bytes(b, bOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(a, aAt, i);
      FloatVector w = Lanes.load(b, bAt, i);
      Lanes.store(v.div(w), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, a, (aOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, (bOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.div(w).intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = a, or a * b where a is negative. */
  static void prelu(
      int n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long aAt = Lanes.bytes(a, aOffset);
    long bAt = Lanes.bytes(b, bOffset);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(a, aAt, i);
      FloatVector w = Lanes.load(b, bAt, i);
      Lanes.store(v.mul(w, v.compare(VectorOperators.LT, 0)), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, a, (aOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, b, (bOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.mul(w, v.compare(VectorOperators.LT, 0))
          .intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = x * scale + shift, each with its own element, rounded once. */
  static void multiplyAdd(
      int n,
      MemorySegment x,
      long xOffset,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long yOffset) {
    long xAt = Lanes.bytes(x, xOffset);
    long scaleAt = Lanes.bytes(scale, 0);
    long shiftAt = Lanes.bytes(shift, 0);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, xAt, i);
      FloatVector w = Lanes.load(scale, scaleAt, i);
      Lanes.store(v.fma(w, Lanes.load(shift, shiftAt, i)), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (xOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      FloatVector w =
          FloatVector.fromMemorySegment(Lanes.SPECIES, scale, i * Float.BYTES, Lanes.ORDER, rest);
      v.fma(
              w,
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, shift, i * Float.BYTES, Lanes.ORDER, rest))
          .intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** y = value. */
  static void fill(int n, float value, MemorySegment y, long yOffset) {
    FloatVector values = Lanes.all(value);
    long yAt = Lanes.bytes(y, yOffset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      Lanes.store(values, y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      values.intoMemorySegment(y, (yOffset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }
}
