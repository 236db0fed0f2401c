package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Softmax along contiguous rows, and across columns with one column per lane. */
final class VectorSoftmax {

  /** Longer rows are cut, so that they can be ended. */
  private static final int LONGEST = 1 << 18;

  private VectorSoftmax() {}

  static void row(MemorySegment x, MemorySegment y, long offset, int n, boolean logarithm) {
    // A NaN may be missed by the maximum; it reaches the whole row through the sum.
    float greatest = Float.NEGATIVE_INFINITY;
    for (int at = 0; at < n; at += run(at, n)) {
      greatest = Math.max(greatest, greatest(x, offset + at, run(at, n)));
    }
    float sum = 0;
    for (int at = 0; at < n; at += run(at, n)) {
      sum += exponentials(x, y, offset + at, run(at, n), greatest, !logarithm);
    }
    for (int at = 0; at < n; at += run(at, n)) {
      if (logarithm) {
        centre(x, y, offset + at, run(at, n), greatest, (float) Math.log(sum));
      } else {
        VectorRuns.divideBy(run(at, n), y, offset + at, sum, y, offset + at);
      }
    }
  }

  /** How many of n elements to work on at once. */
  private static int run(int at, int n) {
    if (n > LONGEST) {
      Cancellation.poll();
    }
    return Math.min(LONGEST, n - at);
  }

  private static float greatest(MemorySegment x, long offset, int n) {
    FloatVector best = Lanes.all(Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, offset + i);
      best = best.blend(v, v.compare(VectorOperators.GT, best));
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, offset + i, rest);
      best = best.blend(v, v.compare(VectorOperators.GT, best).and(rest));
    }
    return best.reduceLanes(VectorOperators.MAX);
  }

  /** The sum of exp(x - greatest); the terms are kept in y where wanted. */
  private static float exponentials(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, boolean keep) {
    FloatVector sum = Lanes.all(0);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector e = Lanes.load(x, offset + i).sub(greatest).lanewise(VectorOperators.EXP);
      sum = sum.add(e);
      if (keep) {
        Lanes.store(e, y, offset + i);
      }
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector e = Lanes.load(x, offset + i, rest).sub(greatest).lanewise(VectorOperators.EXP);
      sum = sum.add(e, rest);
      if (keep) {
        Lanes.store(e, y, offset + i, rest);
      }
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /**
   * y = (x - greatest) - logSum: in two steps, since their sum would lose digits of the small one.
   */
  private static void centre(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, float logSum) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      Lanes.store(Lanes.load(x, offset + i).sub(greatest).sub(logSum), y, offset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = Lanes.load(x, offset + i, rest);
      Lanes.store(v.sub(greatest).sub(logSum), y, offset + i, rest);
    }
  }

  /** Slices whose elements lie {@code stride} apart, as many at once as there are lanes. */
  static void columns(
      MemorySegment x,
      MemorySegment y,
      long offset,
      int n,
      long stride,
      VectorMask<Float> lanes,
      boolean logarithm) {
    FloatVector best = Lanes.all(Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      FloatVector v = Lanes.load(x, offset + i * stride, lanes);
      best = best.blend(v, v.compare(VectorOperators.GT, best));
    }
    FloatVector sum = Lanes.all(0);
    for (int i = 0; i < n; i++) {
      FloatVector v = Lanes.load(x, offset + i * stride, lanes).sub(best);
      sum = sum.add(v.lanewise(VectorOperators.EXP));
    }
    if (logarithm) {
      FloatVector logSum = sum.lanewise(VectorOperators.LOG);
      for (int i = 0; i < n; i++) {
        FloatVector v = Lanes.load(x, offset + i * stride, lanes).sub(best);
        Lanes.store(v.sub(logSum), y, offset + i * stride, lanes);
      }
    } else {
      for (int i = 0; i < n; i++) {
        FloatVector v = Lanes.load(x, offset + i * stride, lanes).sub(best);
        Lanes.store(v.lanewise(VectorOperators.EXP).div(sum), y, offset + i * stride, lanes);
      }
    }
  }
}
