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
    FloatVector s0 = FloatVector.broadcast(Lanes.SPECIES, 0);
    FloatVector s1 = s0;
    FloatVector middle = FloatVector.broadcast(Lanes.SPECIES, centre);
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + 2 * Lanes.COUNT <= n; i += 2 * Lanes.COUNT) {
      FloatVector a =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER)
              .sub(middle);
      FloatVector b =
          FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) (i + Lanes.COUNT) * Float.BYTES, Lanes.ORDER)
              .sub(middle);
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

  /** Each combination that is met often has a loop of its own, as in {@link VectorFinish}. */
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
    if (scale != null && shift != null) {
      both(mean, factor, x, scale, shift, y, offset, column, n);
      return;
    }
    if (scale != null) {
      scaled(mean, factor, x, scale, y, offset, column, n);
    } else {
      plain(mean, factor, x, y, offset, n);
    }
    if (shift != null) {
      VectorRuns.add(n, y, offset, shift, column, y, offset);
    }
  }

  private static void both(
      float mean,
      float factor,
      MemorySegment x,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long offset,
      long column,
      int n) {
    long xAt = Lanes.bytes(x, offset);
    long scaleAt = Lanes.bytes(scale, column);
    long shiftAt = Lanes.bytes(shift, column);
    long yAt = Lanes.bytes(y, offset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + (long) i * Float.BYTES, Lanes.ORDER)
              .sub(mean)
              .mul(factor);
      Lanes.store(
          v.mul(
                  FloatVector.fromMemorySegment(
                      Lanes.SPECIES, scale, scaleAt + (long) i * Float.BYTES, Lanes.ORDER))
              .add(
                  FloatVector.fromMemorySegment(
                      Lanes.SPECIES, shift, shiftAt + (long) i * Float.BYTES, Lanes.ORDER)),
          y,
          yAt,
          i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * Float.BYTES, Lanes.ORDER, rest)
              .sub(mean)
              .mul(factor);
      v =
          v.mul(
                  FloatVector.fromMemorySegment(
                      Lanes.SPECIES, scale, scaleAt + i * Float.BYTES, Lanes.ORDER, rest))
              .add(
                  FloatVector.fromMemorySegment(
                      Lanes.SPECIES, shift, shiftAt + i * Float.BYTES, Lanes.ORDER, rest));
      v.intoMemorySegment(y, (offset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  private static void scaled(
      float mean,
      float factor,
      MemorySegment x,
      MemorySegment scale,
      MemorySegment y,
      long offset,
      long column,
      int n) {
    long xAt = Lanes.bytes(x, offset);
    long scaleAt = Lanes.bytes(scale, column);
    long yAt = Lanes.bytes(y, offset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + (long) i * Float.BYTES, Lanes.ORDER)
              .sub(mean)
              .mul(factor);
      Lanes.store(
          v.mul(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, scale, scaleAt + (long) i * Float.BYTES, Lanes.ORDER)),
          y,
          yAt,
          i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector v =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * Float.BYTES, Lanes.ORDER, rest)
              .sub(mean)
              .mul(factor);
      v.mul(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, scale, scaleAt + i * Float.BYTES, Lanes.ORDER, rest))
          .intoMemorySegment(y, (offset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }

  private static void plain(
      float mean, float factor, MemorySegment x, MemorySegment y, long offset, int n) {
    long xAt = Lanes.bytes(x, offset);
    long yAt = Lanes.bytes(y, offset);
    int whole = Lanes.whole(n);
    int i = 0;
    for (; i < whole; i += Lanes.COUNT) {
      Lanes.store(
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + (long) i * Float.BYTES, Lanes.ORDER)
              .sub(mean)
              .mul(factor),
          y,
          yAt,
          i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
      FloatVector.fromMemorySegment(Lanes.SPECIES, x, xAt + i * Float.BYTES, Lanes.ORDER, rest)
          .sub(mean)
          .mul(factor)
          .intoMemorySegment(y, (offset + i) * Float.BYTES, Lanes.ORDER, rest);
    }
  }
}
