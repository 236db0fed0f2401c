package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Rows brought to mean 0 and variance 1: one sweep for the mean, one for the squares of what is
 * left, one to write. A row of a model's width stays in the first cache meanwhile.
 */
final class VectorNormalization {

  /** Runs are cut so that loops count in int. */
  private static final int LONGEST = 1 << 18;

  /** What lanes add up before their sum goes over to double. */
  private static final int STRETCH = 1024;

  private VectorNormalization() {}

  static void row(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long offset,
      long n) {
    float mean = centred ? VectorRows.reduce(RowReduction.MEAN, x, offset, n) : 0;
    double variance = meanSquare(x, offset, n, mean);
    float factor = (float) (1 / Math.sqrt(variance + epsilon));
    for (long at = 0; at < n; at += LONGEST) {
      int run = (int) Math.min(LONGEST, n - at);
      if (run < n) {
        Cancellation.poll();
      }
      write(mean, factor, x, scale, shift, y, offset + at, at, run);
    }
  }

  /** The mean of (x - centre) squared. */
  private static double meanSquare(MemorySegment x, long offset, long n, float centre) {
    double sum = 0;
    long left = Cancellation.EVERY;
    for (long at = 0; at < n; at += STRETCH) {
      left = Cancellation.spend(left, STRETCH);
      sum += squares(x, offset + at, (int) Math.min(STRETCH, n - at), centre);
    }
    return sum / n;
  }

  private static double squares(MemorySegment x, long offset, int n, float centre) {
    FloatVector s0 = Lanes.all(0);
    FloatVector s1 = s0;
    FloatVector middle = Lanes.all(centre);
    int i = 0;
    for (; i + 2 * Lanes.COUNT <= n; i += 2 * Lanes.COUNT) {
      FloatVector a = Lanes.load(x, offset + i).sub(middle);
      FloatVector b = Lanes.load(x, offset + i + Lanes.COUNT).sub(middle);
      s0 = a.fma(a, s0);
      s1 = b.fma(b, s1);
    }
    double sum = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      double distance = Floats.get(x, offset + i) - centre;
      sum += distance * distance;
    }
    return sum;
  }

  private static void write(
      float mean,
      float factor,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long offset,
      long column,
      int n) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, offset + i).sub(mean).mul(factor);
      v = scale == null ? v : v.mul(Lanes.load(scale, column + i));
      v = shift == null ? v : v.add(Lanes.load(shift, column + i));
      Lanes.store(v, y, offset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, offset + i, rest).sub(mean).mul(factor);
      v = scale == null ? v : v.mul(Lanes.load(scale, column + i, rest));
      v = shift == null ? v : v.add(Lanes.load(shift, column + i, rest));
      Lanes.store(v, y, offset + i, rest);
    }
  }
}
