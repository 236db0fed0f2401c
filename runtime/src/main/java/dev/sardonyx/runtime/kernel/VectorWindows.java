package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Folds of windows with the channels in lanes: a vector of channels, then all pixels. */
final class VectorWindows {
  /** The taps of a window of three by three, whose weights stay in registers. */
  private static final int NINE = 9;

  private VectorWindows() {}

  /**
   * Rows of n elements, a step apart in x and {@link Products#PITCH} in the array. Calls of the
   * JVM's own copy cost more than short runs.
   */
  static void copy(int rows, int n, MemorySegment x, long from, long step, float[] to, int toAt) {
    Lanes.know(x);
    int whole = n - n % Lanes.COUNT;
    VectorMask<Float> rest = Lanes.SPECIES.indexInRange(whole, n);
    for (int row = 0; row < rows; row++) {
      long source = from + row * step;
      int at = toAt + row * Products.PITCH;
      for (int i = 0; i < whole; i += Lanes.COUNT) {
        Lanes.load(x, source + i).intoArray(to, at + i);
      }
      if (whole < n) {
        FloatVector.fromMemorySegment(
                Lanes.SPECIES, x, (source + whole) * Float.BYTES, Lanes.ORDER, rest)
            .intoArray(to, at + whole, rest);
      }
    }
  }

  static void addWeighted(
      int pixels,
      int n,
      TapList taps,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      float[] sums,
      int to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      if (taps.count() == NINE && pixels > 1) {
        nine(pixels, n, i, taps, x, xStep, weights, sums, to + i);
      } else {
        weighted(pixels, n, i, taps, x, xStep, weights, sums, to + i);
      }
    }
    if (i < n) {
      weighted(pixels, n, i, taps, x, xStep, weights, sums, to + i, Lanes.first(n - i));
    }
  }

  private static void weighted(
      int pixels,
      int n,
      int i,
      TapList taps,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      float[] sums,
      int to) {
    Lanes.know(x);
    int count = taps.count();
    for (int p = 0; p < pixels; p++) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, to + p * n);
      for (int t = 0; t < count; t++) {
        FloatVector factor = Lanes.load(weights, taps.weights[t] + i);
        sum = Lanes.load(x, taps.places[t] + p * xStep + i).fma(factor, sum);
      }
      sum.intoArray(sums, to + p * n);
    }
  }

  private static void weighted(
      int pixels,
      int n,
      int i,
      TapList taps,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      float[] sums,
      int to,
      VectorMask<Float> lanes) {
    Lanes.know(x);
    int count = taps.count();
    for (int p = 0; p < pixels; p++) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, to + p * n, lanes);
      for (int t = 0; t < count; t++) {
        FloatVector factor =
            FloatVector.fromMemorySegment(
                Lanes.SPECIES, weights, (taps.weights[t] + i) * Float.BYTES, Lanes.ORDER, lanes);
        sum =
            FloatVector.fromMemorySegment(
                    Lanes.SPECIES,
                    x,
                    (taps.places[t] + p * xStep + i) * Float.BYTES,
                    Lanes.ORDER,
                    lanes)
                .fma(factor, sum);
      }
      sum.intoArray(sums, to + p * n, lanes);
    }
  }

  private static void nine(
      int pixels,
      int n,
      int i,
      TapList taps,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      float[] sums,
      int to) {
    Lanes.know(x);
    FloatVector w0 = Lanes.load(weights, taps.weights[0] + i);
    FloatVector w1 = Lanes.load(weights, taps.weights[1] + i);
    FloatVector w2 = Lanes.load(weights, taps.weights[2] + i);
    FloatVector w3 = Lanes.load(weights, taps.weights[3] + i);
    FloatVector w4 = Lanes.load(weights, taps.weights[4] + i);
    FloatVector w5 = Lanes.load(weights, taps.weights[5] + i);
    FloatVector w6 = Lanes.load(weights, taps.weights[6] + i);
    FloatVector w7 = Lanes.load(weights, taps.weights[7] + i);
    FloatVector w8 = Lanes.load(weights, taps.weights[8] + i);
    long x0 = taps.places[0] + i;
    long x1 = taps.places[1] + i;
    long x2 = taps.places[2] + i;
    long x3 = taps.places[3] + i;
    long x4 = taps.places[4] + i;
    long x5 = taps.places[5] + i;
    long x6 = taps.places[6] + i;
    long x7 = taps.places[7] + i;
    long x8 = taps.places[8] + i;
    for (int p = 0; p < pixels; p++) {
      long step = p * xStep;
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, to + p * n);
      sum = Lanes.load(x, x0 + step).fma(w0, sum);
      sum = Lanes.load(x, x1 + step).fma(w1, sum);
      sum = Lanes.load(x, x2 + step).fma(w2, sum);
      sum = Lanes.load(x, x3 + step).fma(w3, sum);
      sum = Lanes.load(x, x4 + step).fma(w4, sum);
      sum = Lanes.load(x, x5 + step).fma(w5, sum);
      sum = Lanes.load(x, x6 + step).fma(w6, sum);
      sum = Lanes.load(x, x7 + step).fma(w7, sum);
      sum = Lanes.load(x, x8 + step).fma(w8, sum);
      sum.intoArray(sums, to + p * n);
    }
  }

  static void add(
      int pixels, int n, TapList taps, MemorySegment x, long xStep, float[] sums, int to) {
    Lanes.know(x);
    int count = taps.count();
    for (int i = 0; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.SPECIES.indexInRange(i, n);
      for (int p = 0; p < pixels; p++) {
        int at = to + p * n + i;
        long from = p * xStep + i;
        FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at, lanes);
        for (int t = 0; t < count; t++) {
          sum =
              sum.add(
                  FloatVector.fromMemorySegment(
                      Lanes.SPECIES, x, (taps.places[t] + from) * Float.BYTES, Lanes.ORDER, lanes));
        }
        sum.intoArray(sums, at, lanes);
      }
    }
  }

  /** NaN compares with nothing, so that it is taken; what differs from itself stays. */
  static void maximum(
      int pixels, int n, TapList taps, MemorySegment x, long xStep, float[] sums, int to) {
    Lanes.know(x);
    int count = taps.count();
    int i = 0;
    if (count == NINE && pixels > 1) {
      for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
        nineMaximum(pixels, n, i, taps, x, xStep, sums, to + i);
      }
    }
    for (; i < n; i += Lanes.COUNT) {
      VectorMask<Float> lanes = Lanes.SPECIES.indexInRange(i, n);
      for (int p = 0; p < pixels; p++) {
        int at = to + p * n + i;
        long from = p * xStep + i;
        FloatVector best = FloatVector.fromArray(Lanes.SPECIES, sums, at, lanes);
        for (int t = 0; t < count; t++) {
          FloatVector value =
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, (taps.places[t] + from) * Float.BYTES, Lanes.ORDER, lanes);
          FloatVector larger = value.blend(best, best.compare(VectorOperators.GE, value));
          best = larger.blend(best, best.compare(VectorOperators.NE, best));
        }
        best.intoArray(sums, at, lanes);
      }
    }
  }

  private static void nineMaximum(
      int pixels, int n, int i, TapList taps, MemorySegment x, long xStep, float[] sums, int to) {
    Lanes.know(x);
    long x0 = taps.places[0] + i;
    long x1 = taps.places[1] + i;
    long x2 = taps.places[2] + i;
    long x3 = taps.places[3] + i;
    long x4 = taps.places[4] + i;
    long x5 = taps.places[5] + i;
    long x6 = taps.places[6] + i;
    long x7 = taps.places[7] + i;
    long x8 = taps.places[8] + i;
    for (int p = 0; p < pixels; p++) {
      long step = p * xStep;
      FloatVector best = FloatVector.fromArray(Lanes.SPECIES, sums, to + p * n);
      best = larger(best, Lanes.load(x, x0 + step));
      best = larger(best, Lanes.load(x, x1 + step));
      best = larger(best, Lanes.load(x, x2 + step));
      best = larger(best, Lanes.load(x, x3 + step));
      best = larger(best, Lanes.load(x, x4 + step));
      best = larger(best, Lanes.load(x, x5 + step));
      best = larger(best, Lanes.load(x, x6 + step));
      best = larger(best, Lanes.load(x, x7 + step));
      best = larger(best, Lanes.load(x, x8 + step));
      best.intoArray(sums, to + p * n);
    }
  }

  /** {@link NineTaps#largestOfFour}. */
  static void largestOfFour(
      int pixels,
      int n,
      MemorySegment x,
      long from,
      long step,
      long right,
      long down,
      MemorySegment y,
      long to) {
    Lanes.know(x);
    for (int i = 0; i < n; i += Lanes.COUNT) {
      int channel = Math.min(i, n - Lanes.COUNT); // some twice rather than with a mask
      long above = from + channel;
      long below = above + down;
      for (int p = 0; p < pixels; p++) {
        long a = above + p * step;
        long b = below + p * step;
        FloatVector best = larger(Lanes.load(x, a), Lanes.load(x, a + right));
        best = larger(best, Lanes.load(x, b));
        best = larger(best, Lanes.load(x, b + right));
        Lanes.store(best, y, to + (long) p * n + channel);
      }
    }
  }

  private static FloatVector larger(FloatVector best, FloatVector value) {
    FloatVector larger = value.blend(best, best.compare(VectorOperators.GE, value));
    return larger.blend(best, best.compare(VectorOperators.NE, best));
  }
}
