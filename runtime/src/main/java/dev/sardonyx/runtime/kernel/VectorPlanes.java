package dev.sardonyx.runtime.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Tiles of pixels by a panel of two vectors, as {@link VectorProducts} has them for rows, over taps
 * whose pixels lie together. Computed in turns with plain loops until C2 has compiled them.
 */
final class VectorPlanes implements PlaneTiles {

  private static final int WIDTH = VectorProducts.WIDTH;

  private static final int LANES = Lanes.COUNT;

  /** Every second lane of two vectors. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(Lanes.SPECIES, i -> 2 * i < LANES ? 2 * i : 2 * i - 2 * LANES);

  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(Lanes.SPECIES, i -> 2 * i < LANES ? 2 * i + 1 : 2 * i + 1 - 2 * LANES);

  /** Vectors fused into sums while another vector function would do one. */
  private static final int FUSED = 100;

  private final WarmUp warmUp;

  VectorPlanes(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  public int pixels() {
    return VectorBlocks.TALL ? 14 : 6;
  }

  @Override
  public void sums(int k, HotArrays arrays, float[] from, int[] places, int first, int at, int to) {
    if (warmUp.isOver()) {
      inLanes(k, arrays, from, places, first, at, to);
      return;
    }
    long start = System.nanoTime();
    if (warmUp.isVectorsTurn(start)) {
      int tried = Math.min(k, warmUp.vectors());
      inLanes(tried, arrays, from, places, first, at, to);
      warmUp.vectorTook(System.nanoTime() - start, 2L * pixels() * tried / FUSED + 1);
      twin(tried, k, arrays, from, places, first, at, to);
    } else {
      Arrays.fill(arrays.sums(0), to, to + pixels() * WIDTH, 0f);
      twin(0, k, arrays, from, places, first, at, to);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  @Override
  public void split(int n, float[] line, int at, float[] to, int even, int odd) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector first = FloatVector.fromArray(Lanes.SPECIES, line, at + 2 * i);
      FloatVector second = FloatVector.fromArray(Lanes.SPECIES, line, at + 2 * i + LANES);
      first.rearrange(EVEN, second).intoArray(to, even + i);
      first.rearrange(ODD, second).intoArray(to, odd + i);
    }
    for (; i < n; i++) {
      to[even + i] = line[at + 2 * i];
      to[odd + i] = line[at + 2 * i + 1];
    }
  }

  private static void inLanes(
      int k, HotArrays arrays, float[] from, int[] places, int first, int at, int to) {
    if (VectorBlocks.TALL) {
      pixels14(k, from, places, first, at, arrays.panel(0), arrays.sums(0), to);
    } else {
      pixels6(k, from, places, first, at, arrays.panel(0), arrays.sums(0), to);
    }
  }

  /** Continues the sums of a tile from a tap on. */
  private void twin(
      int done, int k, HotArrays arrays, float[] from, int[] places, int first, int at, int to) {
    float[] panel = arrays.panel(0);
    float[] sums = arrays.sums(0);
    for (int i = done; i < k; i++) {
      int place = places[first + i] + at;
      for (int p = 0; p < pixels(); p++) {
        float factor = from[place + p];
        int sum = to + p * WIDTH;
        for (int j = 0; j < WIDTH; j++) {
          sums[sum + j] = Math.fma(factor, panel[i * WIDTH + j], sums[sum + j]);
        }
      }
    }
  }

  private static void pixels14(
      int k, float[] a, int[] places, int first, int at, float[] panel, float[] sums, int to) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0l = zero, s0r = zero;
    FloatVector s1l = zero, s1r = zero;
    FloatVector s2l = zero, s2r = zero;
    FloatVector s3l = zero, s3r = zero;
    FloatVector s4l = zero, s4r = zero;
    FloatVector s5l = zero, s5r = zero;
    FloatVector s6l = zero, s6r = zero;
    FloatVector s7l = zero, s7r = zero;
    FloatVector s8l = zero, s8r = zero;
    FloatVector s9l = zero, s9r = zero;
    FloatVector s10l = zero, s10r = zero;
    FloatVector s11l = zero, s11r = zero;
    FloatVector s12l = zero, s12r = zero;
    FloatVector s13l = zero, s13r = zero;
    for (int i = 0; i < k; i++) {
      int pixel = places[first + i] + at;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, panel, i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, panel, i * WIDTH + Lanes.COUNT);
      FloatVector a0 = Lanes.all(a[pixel]);
      s0l = a0.fma(l, s0l);
      s0r = a0.fma(r, s0r);
      FloatVector a1 = Lanes.all(a[pixel + 1]);
      s1l = a1.fma(l, s1l);
      s1r = a1.fma(r, s1r);
      FloatVector a2 = Lanes.all(a[pixel + 2]);
      s2l = a2.fma(l, s2l);
      s2r = a2.fma(r, s2r);
      FloatVector a3 = Lanes.all(a[pixel + 3]);
      s3l = a3.fma(l, s3l);
      s3r = a3.fma(r, s3r);
      FloatVector a4 = Lanes.all(a[pixel + 4]);
      s4l = a4.fma(l, s4l);
      s4r = a4.fma(r, s4r);
      FloatVector a5 = Lanes.all(a[pixel + 5]);
      s5l = a5.fma(l, s5l);
      s5r = a5.fma(r, s5r);
      FloatVector a6 = Lanes.all(a[pixel + 6]);
      s6l = a6.fma(l, s6l);
      s6r = a6.fma(r, s6r);
      FloatVector a7 = Lanes.all(a[pixel + 7]);
      s7l = a7.fma(l, s7l);
      s7r = a7.fma(r, s7r);
      FloatVector a8 = Lanes.all(a[pixel + 8]);
      s8l = a8.fma(l, s8l);
      s8r = a8.fma(r, s8r);
      FloatVector a9 = Lanes.all(a[pixel + 9]);
      s9l = a9.fma(l, s9l);
      s9r = a9.fma(r, s9r);
      FloatVector a10 = Lanes.all(a[pixel + 10]);
      s10l = a10.fma(l, s10l);
      s10r = a10.fma(r, s10r);
      FloatVector a11 = Lanes.all(a[pixel + 11]);
      s11l = a11.fma(l, s11l);
      s11r = a11.fma(r, s11r);
      FloatVector a12 = Lanes.all(a[pixel + 12]);
      s12l = a12.fma(l, s12l);
      s12r = a12.fma(r, s12r);
      FloatVector a13 = Lanes.all(a[pixel + 13]);
      s13l = a13.fma(l, s13l);
      s13r = a13.fma(r, s13r);
    }
    s0l.intoArray(sums, to);
    s0r.intoArray(sums, to + Lanes.COUNT);
    s1l.intoArray(sums, to + WIDTH);
    s1r.intoArray(sums, to + WIDTH + Lanes.COUNT);
    s2l.intoArray(sums, to + 2 * WIDTH);
    s2r.intoArray(sums, to + 2 * WIDTH + Lanes.COUNT);
    s3l.intoArray(sums, to + 3 * WIDTH);
    s3r.intoArray(sums, to + 3 * WIDTH + Lanes.COUNT);
    s4l.intoArray(sums, to + 4 * WIDTH);
    s4r.intoArray(sums, to + 4 * WIDTH + Lanes.COUNT);
    s5l.intoArray(sums, to + 5 * WIDTH);
    s5r.intoArray(sums, to + 5 * WIDTH + Lanes.COUNT);
    s6l.intoArray(sums, to + 6 * WIDTH);
    s6r.intoArray(sums, to + 6 * WIDTH + Lanes.COUNT);
    s7l.intoArray(sums, to + 7 * WIDTH);
    s7r.intoArray(sums, to + 7 * WIDTH + Lanes.COUNT);
    s8l.intoArray(sums, to + 8 * WIDTH);
    s8r.intoArray(sums, to + 8 * WIDTH + Lanes.COUNT);
    s9l.intoArray(sums, to + 9 * WIDTH);
    s9r.intoArray(sums, to + 9 * WIDTH + Lanes.COUNT);
    s10l.intoArray(sums, to + 10 * WIDTH);
    s10r.intoArray(sums, to + 10 * WIDTH + Lanes.COUNT);
    s11l.intoArray(sums, to + 11 * WIDTH);
    s11r.intoArray(sums, to + 11 * WIDTH + Lanes.COUNT);
    s12l.intoArray(sums, to + 12 * WIDTH);
    s12r.intoArray(sums, to + 12 * WIDTH + Lanes.COUNT);
    s13l.intoArray(sums, to + 13 * WIDTH);
    s13r.intoArray(sums, to + 13 * WIDTH + Lanes.COUNT);
  }

  private static void pixels6(
      int k, float[] a, int[] places, int first, int at, float[] panel, float[] sums, int to) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0l = zero, s0r = zero;
    FloatVector s1l = zero, s1r = zero;
    FloatVector s2l = zero, s2r = zero;
    FloatVector s3l = zero, s3r = zero;
    FloatVector s4l = zero, s4r = zero;
    FloatVector s5l = zero, s5r = zero;
    for (int i = 0; i < k; i++) {
      int pixel = places[first + i] + at;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, panel, i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, panel, i * WIDTH + Lanes.COUNT);
      FloatVector a0 = Lanes.all(a[pixel]);
      s0l = a0.fma(l, s0l);
      s0r = a0.fma(r, s0r);
      FloatVector a1 = Lanes.all(a[pixel + 1]);
      s1l = a1.fma(l, s1l);
      s1r = a1.fma(r, s1r);
      FloatVector a2 = Lanes.all(a[pixel + 2]);
      s2l = a2.fma(l, s2l);
      s2r = a2.fma(r, s2r);
      FloatVector a3 = Lanes.all(a[pixel + 3]);
      s3l = a3.fma(l, s3l);
      s3r = a3.fma(r, s3r);
      FloatVector a4 = Lanes.all(a[pixel + 4]);
      s4l = a4.fma(l, s4l);
      s4r = a4.fma(r, s4r);
      FloatVector a5 = Lanes.all(a[pixel + 5]);
      s5l = a5.fma(l, s5l);
      s5r = a5.fma(r, s5r);
    }
    s0l.intoArray(sums, to);
    s0r.intoArray(sums, to + Lanes.COUNT);
    s1l.intoArray(sums, to + WIDTH);
    s1r.intoArray(sums, to + WIDTH + Lanes.COUNT);
    s2l.intoArray(sums, to + 2 * WIDTH);
    s2r.intoArray(sums, to + 2 * WIDTH + Lanes.COUNT);
    s3l.intoArray(sums, to + 3 * WIDTH);
    s3r.intoArray(sums, to + 3 * WIDTH + Lanes.COUNT);
    s4l.intoArray(sums, to + 4 * WIDTH);
    s4r.intoArray(sums, to + 4 * WIDTH + Lanes.COUNT);
    s5l.intoArray(sums, to + 5 * WIDTH);
    s5r.intoArray(sums, to + 5 * WIDTH + Lanes.COUNT);
  }
}
