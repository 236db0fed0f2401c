package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Windows of three by three with their weights in registers, a vector of channels at a time. */
final class VectorNine implements NineTaps {
  private static final int LANES = Lanes.COUNT;

  private final WarmUp warmUp;

  VectorNine(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void read(int pixels, int n, MemorySegment x, long from, long step, float[] to, int at) {
    if (n == LANES) {
      for (int p = 0; p < pixels; p++) {
        Lanes.load(x, from + p * step).intoArray(to, at + p * LANES);
      }
    } else {
      VectorMask<Float> lanes = Lanes.first(n);
      for (int p = 0; p < pixels; p++) {
        Lanes.load(x, from + p * step, lanes).intoArray(to, at + p * LANES);
      }
    }
  }

  @Override
  public void weighted(
      int pixels, float[] lines, int[] rows, int dilation, float[] weights, int at, float[] sums) {
    int tap = dilation * LANES;
    if (warmUp.isOver()) {
      inLanes(pixels, lines, rows[0], rows[1], rows[2], tap, weights, at, sums);
      return;
    }
    long start = System.nanoTime();
    if (warmUp.isVectorsTurn(start)) {
      int tried = Math.min(pixels, warmUp.vectors());
      inLanes(tried, lines, rows[0], rows[1], rows[2], tap, weights, at, sums);
      warmUp.vectorTook(System.nanoTime() - start, tried);
      twin(tried, pixels, lines, rows, tap, weights, at, sums);
    } else {
      twin(0, pixels, lines, rows, tap, weights, at, sums);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  private static void twin(
      int from, int pixels, float[] x, int[] rows, int tap, float[] w, int at, float[] sums) {
    for (int p = from; p < pixels; p++) {
      int pixel = p * LANES;
      for (int i = 0; i < LANES; i++) {
        float sum = x[rows[0] + pixel + i] * w[at + i];
        for (int t = 1; t < NineTaps.COUNT; t++) {
          sum = Math.fma(x[rows[t / 3] + t % 3 * tap + pixel + i], w[at + t * LANES + i], sum);
        }
        sums[p * LANES + i] = sum;
      }
    }
  }

  private static void inLanes(
      int pixels, float[] x, int x0, int x1, int x2, int tap, float[] w, int at, float[] sums) {
    FloatVector w0 = FloatVector.fromArray(Lanes.SPECIES, w, at);
    FloatVector w1 = FloatVector.fromArray(Lanes.SPECIES, w, at + LANES);
    FloatVector w2 = FloatVector.fromArray(Lanes.SPECIES, w, at + 2 * LANES);
    FloatVector w3 = FloatVector.fromArray(Lanes.SPECIES, w, at + 3 * LANES);
    FloatVector w4 = FloatVector.fromArray(Lanes.SPECIES, w, at + 4 * LANES);
    FloatVector w5 = FloatVector.fromArray(Lanes.SPECIES, w, at + 5 * LANES);
    FloatVector w6 = FloatVector.fromArray(Lanes.SPECIES, w, at + 6 * LANES);
    FloatVector w7 = FloatVector.fromArray(Lanes.SPECIES, w, at + 7 * LANES);
    FloatVector w8 = FloatVector.fromArray(Lanes.SPECIES, w, at + 8 * LANES);
    int b0 = x0 + tap;
    int c0 = b0 + tap;
    int b1 = x1 + tap;
    int c1 = b1 + tap;
    int b2 = x2 + tap;
    int c2 = b2 + tap;
    for (int p = 0; p < pixels; p++) {
      FloatVector s = FloatVector.fromArray(Lanes.SPECIES, x, x0 + p * LANES).mul(w0);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b0 + p * LANES).fma(w1, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c0 + p * LANES).fma(w2, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x1 + p * LANES).fma(w3, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b1 + p * LANES).fma(w4, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c1 + p * LANES).fma(w5, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x2 + p * LANES).fma(w6, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b2 + p * LANES).fma(w7, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c2 + p * LANES).fma(w8, s);
      s.intoArray(sums, p * LANES);
    }
  }

  @Override
  public void largestOfFour(
      int pixels,
      int n,
      MemorySegment x,
      long from,
      long step,
      long right,
      long down,
      MemorySegment y,
      long to) {
    VectorWindows.largestOfFour(pixels, n, x, from, step, right, down, y, to);
  }
}
