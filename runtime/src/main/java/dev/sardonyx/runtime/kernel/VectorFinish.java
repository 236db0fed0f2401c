package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row of sums to C, with what an {@link Epilogue} adds to it. Each combination has a loop
 * of its own: where a vector comes out of a condition, C2 puts it in a box. They call the Vector
 * API alone, since rows are short, and what is done once for some is seldom done ({@link Lanes}).
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
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    long biasBytes = Lanes.bytes(bias, biasAt);
    Lanes.know(residual);
    long bytes = Lanes.bytes(c, to);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      long biasHere = biasBytes + (long) i * Float.BYTES;
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, bias, biasHere, Lanes.ORDER));
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, residual, here, Lanes.ORDER));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      long biasHere = biasBytes + (long) i * Float.BYTES;
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, bias, biasHere, Lanes.ORDER, rest));
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, residual, here, Lanes.ORDER, rest));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER, rest);
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
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    long biasBytes = Lanes.bytes(bias, biasAt);
    long bytes = Lanes.bytes(c, to);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      long biasHere = biasBytes + (long) i * Float.BYTES;
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, bias, biasHere, Lanes.ORDER));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      long biasHere = biasBytes + (long) i * Float.BYTES;
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, bias, biasHere, Lanes.ORDER, rest));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER, rest);
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
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    Lanes.know(residual);
    long bytes = Lanes.bytes(c, to);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, residual, here, Lanes.ORDER));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      long here = bytes + (long) i * Float.BYTES;
      v = v.add(FloatVector.fromMemorySegment(Lanes.SPECIES, residual, here, Lanes.ORDER, rest));
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER, rest);
    }
  }

  private static void plain(
      int n, float[] sums, int at, int pitch, float low, float high, MemorySegment c, long to) {
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    long bytes = Lanes.bytes(c, to);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i));
      long here = bytes + (long) i * Float.BYTES;
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, place(at, pitch, i), rest);
      long here = bytes + (long) i * Float.BYTES;
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoMemorySegment(c, here, Lanes.ORDER, rest);
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
