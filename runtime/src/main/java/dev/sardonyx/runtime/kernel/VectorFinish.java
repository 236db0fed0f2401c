package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row of sums to C, with what an {@link Epilogue} adds to it. Each combination has a loop
 * of its own: where a vector comes out of a condition, C2 puts it in a box.
 */
final class VectorFinish {
  private VectorFinish() {}

  /**
   * Values below or at low become low, those at or above high become high; NaN stays.
   *
   * @param pitch from the sums of a panel to those of the next
   */
  static void row(
      int n,
      float[] sums,
      int at,
      int pitch,
      @Nullable MemorySegment bias,
      long biasAt,
      @Nullable MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to) {
    if (bias != null && residual != null) {
      both(n, sums, at, pitch, bias, biasAt, residual, low, high, c, to);
    } else if (bias != null) {
      biased(n, sums, at, pitch, bias, biasAt, low, high, c, to);
    } else if (residual != null) {
      added(n, sums, at, pitch, residual, low, high, c, to);
    } else {
      plain(n, sums, at, pitch, low, high, c, to);
    }
  }

  private static void both(
      int n,
      float[] sums,
      int at,
      int pitch,
      MemorySegment bias,
      long biasAt,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      Lanes.store(
          bounded(v.add(Lanes.load(bias, biasAt + i)).add(Lanes.load(residual, to + i)), low, high),
          c,
          to + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      Lanes.store(
          bounded(
              v.add(Lanes.load(bias, biasAt + i, rest)).add(Lanes.load(residual, to + i, rest)),
              low,
              high),
          c,
          to + i,
          rest);
    }
  }

  private static void biased(
      int n,
      float[] sums,
      int at,
      int pitch,
      MemorySegment bias,
      long biasAt,
      float low,
      float high,
      MemorySegment c,
      long to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      Lanes.store(bounded(v.add(Lanes.load(bias, biasAt + i)), low, high), c, to + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      Lanes.store(bounded(v.add(Lanes.load(bias, biasAt + i, rest)), low, high), c, to + i, rest);
    }
  }

  private static void added(
      int n,
      float[] sums,
      int at,
      int pitch,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      Lanes.store(bounded(v.add(Lanes.load(residual, to + i)), low, high), c, to + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      Lanes.store(bounded(v.add(Lanes.load(residual, to + i, rest)), low, high), c, to + i, rest);
    }
  }

  private static void plain(
      int n, float[] sums, int at, int pitch, float low, float high, MemorySegment c, long to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      Lanes.store(bounded(v, low, high), c, to + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      Lanes.store(bounded(v, low, high), c, to + i, rest);
    }
  }

  private static int place(int at, int pitch, int column) {
    return at + column / VectorProducts.WIDTH * pitch + column % VectorProducts.WIDTH;
  }

  /** Values within bounds; NaN stays. */
  static FloatVector bounded(FloatVector v, float low, float high) {
    FloatVector raised = v.blend(low, v.compare(VectorOperators.LE, low));
    return raised.blend(high, raised.compare(VectorOperators.GE, high));
  }
}
