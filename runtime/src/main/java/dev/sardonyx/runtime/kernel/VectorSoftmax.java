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
      sum += powers(x, y, offset + at, run(at, n), greatest, !logarithm);
    }
    for (int at = 0; at < n; at += run(at, n)) {
      if (logarithm) {
        centre(x, y, offset + at, run(at, n), greatest, (float) Math.log(sum));
      } else {
        VectorRuns.affine(run(at, n), y, offset + at, 1 / sum, -0f, y, offset + at);
      }
    }
  }

  /** How many of n elements to work on at once. */
  static int run(int at, int n) {
    if (n > LONGEST) {
      Cancellation.poll();
    }
    return Math.min(LONGEST, n - at);
  }

  private static float greatest(MemorySegment x, long offset, int n) {
    FloatVector best = Lanes.all(Float.NEGATIVE_INFINITY);
    long at = Lanes.bytes(x, offset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, at, i);
      best = best.blend(v, v.compare(VectorOperators.GT, best));
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER, rest);
      best = best.blend(v, v.compare(VectorOperators.GT, best).and(rest));
    }
    return best.reduceLanes(VectorOperators.MAX);
  }

  /** The sum of exp(x - greatest); without masks where vectors are whole. */
  private static float powers(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, boolean keep) {
    return keep && n == Lanes.whole(n)
        ? wholeExponentials(x, y, offset, n, greatest)
        : exponentials(x, y, offset, n, greatest, keep);
  }

  /** {@link #exponentials} of whole vectors, kept in y: no masks. */
  private static float wholeExponentials(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest) {
    FloatVector all = Lanes.all(greatest);
    FloatVector sum = Lanes.all(0);
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      FloatVector e = VectorExponential.fall(all.sub(Lanes.load(x, xAt, i)));
      sum = sum.add(e);
      Lanes.store(e, y, yAt, i);
    }
    if (Lanes.COUNT > 16) {
      return Lanes.sum(sum);
    }
    // Lanes.sum again, since a method of our own might not be inlined here (VectorCurves).
    sum = Lanes.COUNT > 8 ? sum.add(sum.rearrange(Lanes.BY_8)) : sum;
    sum = Lanes.COUNT > 4 ? sum.add(sum.rearrange(Lanes.BY_4)) : sum;
    sum = sum.add(sum.rearrange(Lanes.BY_2));
    return sum.add(sum.rearrange(Lanes.BY_1)).lane(0);
  }

  /** The sum of exp(x - greatest); the terms are kept in y where wanted. Masks: VectorCurves. */
  private static float exponentials(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, boolean keep) {
    FloatVector all = Lanes.all(greatest);
    FloatVector sum = Lanes.all(0);
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.first(n - i);
      FloatVector below = all.sub(Lanes.load(x, xAt, i, lanes));
      FloatVector e = VectorExponential.fall(below);
      sum = sum.add(e, lanes);
      if (keep) {
        e.intoMemorySegment(y, yAt + (long) i * Float.BYTES, Lanes.ORDER, lanes);
      }
    }
    if (Lanes.COUNT > 16) {
      return Lanes.sum(sum);
    }
    // Lanes.sum again, since a method of our own might not be inlined here (VectorCurves).
    sum = Lanes.COUNT > 8 ? sum.add(sum.rearrange(Lanes.BY_8)) : sum;
    sum = Lanes.COUNT > 4 ? sum.add(sum.rearrange(Lanes.BY_4)) : sum;
    sum = sum.add(sum.rearrange(Lanes.BY_2));
    return sum.add(sum.rearrange(Lanes.BY_1)).lane(0);
  }

  /**
   * y = (x - greatest) - logSum: in two steps, since their sum would lose digits of the small one.
   */
  private static void centre(
      MemorySegment x, MemorySegment y, long offset, int n, float greatest, float logSum) {
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      Lanes.store(Lanes.load(x, xAt, i).sub(greatest).sub(logSum), y, yAt, i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, (offset + i) * Float.BYTES, Lanes.ORDER, rest);
      v.sub(greatest)
          .sub(logSum)
          .intoMemorySegment(y, (offset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  /** {@code count} slices, no more than lanes, whose elements lie {@code stride} apart. */
  static void columns(
      MemorySegment x,
      MemorySegment y,
      long offset,
      int n,
      long stride,
      int count,
      boolean logarithm) {
    VectorMask<Float> lanes = Lanes.SPECIES.indexInRange(0, count);
    FloatVector best = Lanes.all(Float.NEGATIVE_INFINITY);
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    long step = stride * Float.BYTES;
    for (int i = 0; i < n; i++) {
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * step, Lanes.ORDER, lanes);
      best = best.blend(v, v.compare(VectorOperators.GT, best));
    }
    FloatVector sum = Lanes.all(0);
    for (int i = 0; i < n; i++) {
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * step, Lanes.ORDER, lanes);
      FloatVector e = VectorExponential.fall(best.sub(v));
      sum = sum.add(e);
      if (!logarithm) {
        e.intoMemorySegment(y, yAt + i * step, Lanes.ORDER, lanes);
      }
    }
    if (logarithm) {
      centre(x, y, offset, n, stride, lanes, best, VectorLogarithm.log(sum));
      return;
    }
    for (int i = 0; i < n; i++) { // no more methods of our own: VectorCurves
      long at = yAt + i * step;
      FloatVector e = FloatVector.fromMemorySegment(Lanes.SPECIES, y, at, Lanes.ORDER, lanes);
      e.div(sum).intoMemorySegment(y, at, Lanes.ORDER, lanes);
    }
  }

  private static void centre(
      MemorySegment x,
      MemorySegment y,
      long offset,
      int n,
      long stride,
      VectorMask<Float> lanes,
      FloatVector greatest,
      FloatVector logSum) {
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    long step = stride * Float.BYTES;
    for (int i = 0; i < n; i++) {
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * step, Lanes.ORDER, lanes);
      v.sub(greatest).sub(logSum).intoMemorySegment(y, yAt + i * step, Lanes.ORDER, lanes);
    }
  }
}
