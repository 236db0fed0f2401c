package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Twins of {@link VectorSoftmax}, with an array for each vector; see {@link TwinCurves}. */
final class TwinSoftmax {

  private TwinSoftmax() {}

  static void row(MemorySegment x, MemorySegment y, long offset, int n, boolean logarithm) {
    float greatest = Float.NEGATIVE_INFINITY;
    float sum = 0;
    for (int at = 0; at < n; at += VectorSoftmax.run(at, n)) {
      greatest = Math.max(greatest, greatest(x, offset + at, VectorSoftmax.run(at, n)));
    }
    for (int at = 0; at < n; at += VectorSoftmax.run(at, n)) {
      sum += exponentials(x, y, offset + at, VectorSoftmax.run(at, n), greatest, !logarithm);
    }
    float logSum = logarithm ? (float) Math.log(sum) : 0;
    float part = 1 / sum;
    for (long i = offset; i < offset + n; i++) {
      Cancellation.pollAt(i - offset);
      Floats.set(y, i, logarithm ? Floats.get(x, i) - greatest - logSum : Floats.get(y, i) * part);
    }
  }

  private static float greatest(MemorySegment x, long offset, int n) {
    float[] best = new float[Lanes.COUNT];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      float v = Floats.get(x, offset + i);
      int lane = i % Lanes.COUNT;
      best[lane] = v > best[lane] ? v : best[lane];
    }
    float result = best[0];
    for (float v : best) {
      result = Math.max(result, v);
    }
    return result;
  }

  /** The sum of exp(x - greatest); the terms are kept in y where wanted. */
  private static float exponentials(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, boolean keep) {
    float[] sum = new float[Lanes.COUNT];
    for (int i = 0; i < n; i++) {
      float e = TwinExponential.fall(greatest - Floats.get(x, offset + i));
      sum[i % Lanes.COUNT] += e;
      if (keep) {
        Floats.set(y, offset + i, e);
      }
    }
    return Lanes.sum(sum);
  }

  /** Slices whose elements lie {@code stride} apart, {@code lanes} of them side by side. */
  static void columns(
      MemorySegment x,
      MemorySegment y,
      long offset,
      int n,
      long stride,
      int lanes,
      boolean logarithm) {
    for (long column = offset; column < offset + lanes; column++) {
      column(x, y, column, n, stride, logarithm);
    }
  }

  private static void column(
      MemorySegment x, MemorySegment y, long offset, int n, long stride, boolean logarithm) {
    float best = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      float v = Floats.get(x, offset + i * stride);
      best = v > best ? v : best;
    }
    float sum = 0;
    for (int i = 0; i < n; i++) {
      float e = TwinExponential.fall(best - Floats.get(x, offset + i * stride));
      sum += e;
      if (!logarithm) {
        Floats.set(y, offset + i * stride, e);
      }
    }
    float logSum = logarithm ? TwinLogarithm.log(sum) : 0;
    for (int i = 0; i < n; i++) {
      long at = offset + i * stride;
      Floats.set(y, at, logarithm ? Floats.get(x, at) - best - logSum : Floats.get(y, at) / sum);
    }
  }
}
