package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link VectorProducts} that touch a line of the panel after theirs with each element
 * of k, in four stripes: the processor then reads four pages ahead at once, and the first tile of
 * that panel finds it in the L2 cache.
 */
final class VectorAheadTiles {

  private static final int WIDTH = VectorProducts.WIDTH;
  private static final int PITCH = Products.PITCH;

  private VectorAheadTiles() {}

  static void rows14(
      int k,
      float[] a,
      int at,
      MemorySegment panels,
      long from,
      long ahead,
      int stripe,
      int[] touched,
      float[] tile,
      int to) {
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
    long left = Lanes.bytes(panels, from);
    long right = left + (long) Lanes.COUNT * Float.BYTES;
    int bits = 0;
    for (int i = 0; i < k; i++) {
      long line = ahead + (i & 3) * stripe + (i >> 2) * Products.LINE;
      bits |= panels.get(JAVA_INT_UNALIGNED, line * Float.BYTES);
      long here = (long) i * WIDTH * Float.BYTES;
      FloatVector l =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, left + here, Lanes.ORDER);
      FloatVector r =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, right + here, Lanes.ORDER);
      FloatVector a0 = Lanes.all(a[at + i]);
      s0l = a0.fma(l, s0l);
      s0r = a0.fma(r, s0r);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      s1l = a1.fma(l, s1l);
      s1r = a1.fma(r, s1r);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      s2l = a2.fma(l, s2l);
      s2r = a2.fma(r, s2r);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      s3l = a3.fma(l, s3l);
      s3r = a3.fma(r, s3r);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      s4l = a4.fma(l, s4l);
      s4r = a4.fma(r, s4r);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      s5l = a5.fma(l, s5l);
      s5r = a5.fma(r, s5r);
      FloatVector a6 = Lanes.all(a[at + i + 6 * PITCH]);
      s6l = a6.fma(l, s6l);
      s6r = a6.fma(r, s6r);
      FloatVector a7 = Lanes.all(a[at + i + 7 * PITCH]);
      s7l = a7.fma(l, s7l);
      s7r = a7.fma(r, s7r);
      FloatVector a8 = Lanes.all(a[at + i + 8 * PITCH]);
      s8l = a8.fma(l, s8l);
      s8r = a8.fma(r, s8r);
      FloatVector a9 = Lanes.all(a[at + i + 9 * PITCH]);
      s9l = a9.fma(l, s9l);
      s9r = a9.fma(r, s9r);
      FloatVector a10 = Lanes.all(a[at + i + 10 * PITCH]);
      s10l = a10.fma(l, s10l);
      s10r = a10.fma(r, s10r);
      FloatVector a11 = Lanes.all(a[at + i + 11 * PITCH]);
      s11l = a11.fma(l, s11l);
      s11r = a11.fma(r, s11r);
      FloatVector a12 = Lanes.all(a[at + i + 12 * PITCH]);
      s12l = a12.fma(l, s12l);
      s12r = a12.fma(r, s12r);
      FloatVector a13 = Lanes.all(a[at + i + 13 * PITCH]);
      s13l = a13.fma(l, s13l);
      s13r = a13.fma(r, s13r);
    }
    s0l.intoArray(tile, to);
    s0r.intoArray(tile, to + Lanes.COUNT);
    s1l.intoArray(tile, to + WIDTH);
    s1r.intoArray(tile, to + WIDTH + Lanes.COUNT);
    s2l.intoArray(tile, to + 2 * WIDTH);
    s2r.intoArray(tile, to + 2 * WIDTH + Lanes.COUNT);
    s3l.intoArray(tile, to + 3 * WIDTH);
    s3r.intoArray(tile, to + 3 * WIDTH + Lanes.COUNT);
    s4l.intoArray(tile, to + 4 * WIDTH);
    s4r.intoArray(tile, to + 4 * WIDTH + Lanes.COUNT);
    s5l.intoArray(tile, to + 5 * WIDTH);
    s5r.intoArray(tile, to + 5 * WIDTH + Lanes.COUNT);
    s6l.intoArray(tile, to + 6 * WIDTH);
    s6r.intoArray(tile, to + 6 * WIDTH + Lanes.COUNT);
    s7l.intoArray(tile, to + 7 * WIDTH);
    s7r.intoArray(tile, to + 7 * WIDTH + Lanes.COUNT);
    s8l.intoArray(tile, to + 8 * WIDTH);
    s8r.intoArray(tile, to + 8 * WIDTH + Lanes.COUNT);
    s9l.intoArray(tile, to + 9 * WIDTH);
    s9r.intoArray(tile, to + 9 * WIDTH + Lanes.COUNT);
    s10l.intoArray(tile, to + 10 * WIDTH);
    s10r.intoArray(tile, to + 10 * WIDTH + Lanes.COUNT);
    s11l.intoArray(tile, to + 11 * WIDTH);
    s11r.intoArray(tile, to + 11 * WIDTH + Lanes.COUNT);
    s12l.intoArray(tile, to + 12 * WIDTH);
    s12r.intoArray(tile, to + 12 * WIDTH + Lanes.COUNT);
    s13l.intoArray(tile, to + 13 * WIDTH);
    s13r.intoArray(tile, to + 13 * WIDTH + Lanes.COUNT);
    touched[0] = bits;
  }

  static void rows8(
      int k,
      float[] a,
      int at,
      MemorySegment panels,
      long from,
      long ahead,
      int stripe,
      int[] touched,
      float[] tile,
      int to) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0l = zero, s0r = zero;
    FloatVector s1l = zero, s1r = zero;
    FloatVector s2l = zero, s2r = zero;
    FloatVector s3l = zero, s3r = zero;
    FloatVector s4l = zero, s4r = zero;
    FloatVector s5l = zero, s5r = zero;
    FloatVector s6l = zero, s6r = zero;
    FloatVector s7l = zero, s7r = zero;
    long left = Lanes.bytes(panels, from);
    long right = left + (long) Lanes.COUNT * Float.BYTES;
    int bits = 0;
    for (int i = 0; i < k; i++) {
      long line = ahead + (i & 3) * stripe + (i >> 2) * Products.LINE;
      bits |= panels.get(JAVA_INT_UNALIGNED, line * Float.BYTES);
      long here = (long) i * WIDTH * Float.BYTES;
      FloatVector l =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, left + here, Lanes.ORDER);
      FloatVector r =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, right + here, Lanes.ORDER);
      FloatVector a0 = Lanes.all(a[at + i]);
      s0l = a0.fma(l, s0l);
      s0r = a0.fma(r, s0r);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      s1l = a1.fma(l, s1l);
      s1r = a1.fma(r, s1r);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      s2l = a2.fma(l, s2l);
      s2r = a2.fma(r, s2r);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      s3l = a3.fma(l, s3l);
      s3r = a3.fma(r, s3r);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      s4l = a4.fma(l, s4l);
      s4r = a4.fma(r, s4r);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      s5l = a5.fma(l, s5l);
      s5r = a5.fma(r, s5r);
      FloatVector a6 = Lanes.all(a[at + i + 6 * PITCH]);
      s6l = a6.fma(l, s6l);
      s6r = a6.fma(r, s6r);
      FloatVector a7 = Lanes.all(a[at + i + 7 * PITCH]);
      s7l = a7.fma(l, s7l);
      s7r = a7.fma(r, s7r);
    }
    s0l.intoArray(tile, to);
    s0r.intoArray(tile, to + Lanes.COUNT);
    s1l.intoArray(tile, to + WIDTH);
    s1r.intoArray(tile, to + WIDTH + Lanes.COUNT);
    s2l.intoArray(tile, to + 2 * WIDTH);
    s2r.intoArray(tile, to + 2 * WIDTH + Lanes.COUNT);
    s3l.intoArray(tile, to + 3 * WIDTH);
    s3r.intoArray(tile, to + 3 * WIDTH + Lanes.COUNT);
    s4l.intoArray(tile, to + 4 * WIDTH);
    s4r.intoArray(tile, to + 4 * WIDTH + Lanes.COUNT);
    s5l.intoArray(tile, to + 5 * WIDTH);
    s5r.intoArray(tile, to + 5 * WIDTH + Lanes.COUNT);
    s6l.intoArray(tile, to + 6 * WIDTH);
    s6r.intoArray(tile, to + 6 * WIDTH + Lanes.COUNT);
    s7l.intoArray(tile, to + 7 * WIDTH);
    s7r.intoArray(tile, to + 7 * WIDTH + Lanes.COUNT);
    touched[0] = bits;
  }

  static void rows6(
      int k,
      float[] a,
      int at,
      MemorySegment panels,
      long from,
      long ahead,
      int stripe,
      int[] touched,
      float[] tile,
      int to) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0l = zero, s0r = zero;
    FloatVector s1l = zero, s1r = zero;
    FloatVector s2l = zero, s2r = zero;
    FloatVector s3l = zero, s3r = zero;
    FloatVector s4l = zero, s4r = zero;
    FloatVector s5l = zero, s5r = zero;
    long left = Lanes.bytes(panels, from);
    long right = left + (long) Lanes.COUNT * Float.BYTES;
    int bits = 0;
    for (int i = 0; i < k; i++) {
      long line = ahead + (i & 3) * stripe + (i >> 2) * Products.LINE;
      bits |= panels.get(JAVA_INT_UNALIGNED, line * Float.BYTES);
      long here = (long) i * WIDTH * Float.BYTES;
      FloatVector l =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, left + here, Lanes.ORDER);
      FloatVector r =
          FloatVector.fromMemorySegment(Lanes.SPECIES, panels, right + here, Lanes.ORDER);
      FloatVector a0 = Lanes.all(a[at + i]);
      s0l = a0.fma(l, s0l);
      s0r = a0.fma(r, s0r);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      s1l = a1.fma(l, s1l);
      s1r = a1.fma(r, s1r);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      s2l = a2.fma(l, s2l);
      s2r = a2.fma(r, s2r);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      s3l = a3.fma(l, s3l);
      s3r = a3.fma(r, s3r);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      s4l = a4.fma(l, s4l);
      s4r = a4.fma(r, s4r);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      s5l = a5.fma(l, s5l);
      s5r = a5.fma(r, s5r);
    }
    s0l.intoArray(tile, to);
    s0r.intoArray(tile, to + Lanes.COUNT);
    s1l.intoArray(tile, to + WIDTH);
    s1r.intoArray(tile, to + WIDTH + Lanes.COUNT);
    s2l.intoArray(tile, to + 2 * WIDTH);
    s2r.intoArray(tile, to + 2 * WIDTH + Lanes.COUNT);
    s3l.intoArray(tile, to + 3 * WIDTH);
    s3r.intoArray(tile, to + 3 * WIDTH + Lanes.COUNT);
    s4l.intoArray(tile, to + 4 * WIDTH);
    s4r.intoArray(tile, to + 4 * WIDTH + Lanes.COUNT);
    s5l.intoArray(tile, to + 5 * WIDTH);
    s5r.intoArray(tile, to + 5 * WIDTH + Lanes.COUNT);
    touched[0] = bits;
  }
}
