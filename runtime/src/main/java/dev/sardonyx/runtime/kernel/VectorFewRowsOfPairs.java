package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorFewRows} on panels of bfloat16 in pairs, which become floats in registers: a row by
 * four panels reads memory as fast as with float32, and so half of it in half of the time.
 */
final class VectorFewRowsOfPairs {

  private static final int WIDTH = VectorProducts.WIDTH;
  private static final int PITCH = Products.PITCH;

  private static final VectorSpecies<Integer> SPECIES = Lanes.SPECIES.withLanes(int.class);

  private VectorFewRowsOfPairs() {}

  private static IntVector pairs(MemorySegment panels, long index) {
    return IntVector.fromMemorySegment(SPECIES, panels, index * Short.BYTES, Lanes.ORDER);
  }

  private static FloatVector low(IntVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector high(IntVector pairs) {
    return pairs.and(0xFFFF0000).reinterpretAsFloats();
  }

  /** A panel of floats: rows of a stored one. */
  static void widen(int k, MemorySegment panels, long from, MemorySegment to) {
    Lanes.know(panels);
    Lanes.know(to);
    for (int i = 0; i < k; i++) {
      IntVector pairs = pairs(panels, from + (long) i * WIDTH);
      long at = (long) i * WIDTH * Float.BYTES;
      low(pairs).intoMemorySegment(to, at, Lanes.ORDER);
      high(pairs).intoMemorySegment(to, at + (long) Lanes.COUNT * Float.BYTES, Lanes.ORDER);
    }
  }

  static void rows1Panels4(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
    Lanes.know(panels);
    long panel1 = panel0 + pitch;
    long panel2 = panel1 + pitch;
    long panel3 = panel2 + pitch;
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s0v2 = zero, s0v3 = zero;
    FloatVector s0v4 = zero, s0v5 = zero;
    FloatVector s0v6 = zero, s0v7 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      IntVector p0 = pairs(panels, panel0 + next);
      FloatVector b0 = low(p0);
      s0v0 = a0.fma(b0, s0v0);
      FloatVector b1 = high(p0);
      s0v1 = a0.fma(b1, s0v1);
      IntVector p1 = pairs(panels, panel1 + next);
      FloatVector b2 = low(p1);
      s0v2 = a0.fma(b2, s0v2);
      FloatVector b3 = high(p1);
      s0v3 = a0.fma(b3, s0v3);
      IntVector p2 = pairs(panels, panel2 + next);
      FloatVector b4 = low(p2);
      s0v4 = a0.fma(b4, s0v4);
      FloatVector b5 = high(p2);
      s0v5 = a0.fma(b5, s0v5);
      IntVector p3 = pairs(panels, panel3 + next);
      FloatVector b6 = low(p3);
      s0v6 = a0.fma(b6, s0v6);
      FloatVector b7 = high(p3);
      s0v7 = a0.fma(b7, s0v7);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s0v2.intoArray(tile, 2 * Lanes.COUNT);
    s0v3.intoArray(tile, 3 * Lanes.COUNT);
    s0v4.intoArray(tile, 4 * Lanes.COUNT);
    s0v5.intoArray(tile, 5 * Lanes.COUNT);
    s0v6.intoArray(tile, 6 * Lanes.COUNT);
    s0v7.intoArray(tile, 7 * Lanes.COUNT);
  }

  static void rows2Panels4(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
    Lanes.know(panels);
    long panel1 = panel0 + pitch;
    long panel2 = panel1 + pitch;
    long panel3 = panel2 + pitch;
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s0v2 = zero, s0v3 = zero;
    FloatVector s0v4 = zero, s0v5 = zero;
    FloatVector s0v6 = zero, s0v7 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s1v2 = zero, s1v3 = zero;
    FloatVector s1v4 = zero, s1v5 = zero;
    FloatVector s1v6 = zero, s1v7 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      IntVector p0 = pairs(panels, panel0 + next);
      FloatVector b0 = low(p0);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      FloatVector b1 = high(p0);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      IntVector p1 = pairs(panels, panel1 + next);
      FloatVector b2 = low(p1);
      s0v2 = a0.fma(b2, s0v2);
      s1v2 = a1.fma(b2, s1v2);
      FloatVector b3 = high(p1);
      s0v3 = a0.fma(b3, s0v3);
      s1v3 = a1.fma(b3, s1v3);
      IntVector p2 = pairs(panels, panel2 + next);
      FloatVector b4 = low(p2);
      s0v4 = a0.fma(b4, s0v4);
      s1v4 = a1.fma(b4, s1v4);
      FloatVector b5 = high(p2);
      s0v5 = a0.fma(b5, s0v5);
      s1v5 = a1.fma(b5, s1v5);
      IntVector p3 = pairs(panels, panel3 + next);
      FloatVector b6 = low(p3);
      s0v6 = a0.fma(b6, s0v6);
      s1v6 = a1.fma(b6, s1v6);
      FloatVector b7 = high(p3);
      s0v7 = a0.fma(b7, s0v7);
      s1v7 = a1.fma(b7, s1v7);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s0v2.intoArray(tile, 2 * Lanes.COUNT);
    s0v3.intoArray(tile, 3 * Lanes.COUNT);
    s0v4.intoArray(tile, 4 * Lanes.COUNT);
    s0v5.intoArray(tile, 5 * Lanes.COUNT);
    s0v6.intoArray(tile, 6 * Lanes.COUNT);
    s0v7.intoArray(tile, 7 * Lanes.COUNT);
    s1v0.intoArray(tile, 8 * Lanes.COUNT);
    s1v1.intoArray(tile, 9 * Lanes.COUNT);
    s1v2.intoArray(tile, 10 * Lanes.COUNT);
    s1v3.intoArray(tile, 11 * Lanes.COUNT);
    s1v4.intoArray(tile, 12 * Lanes.COUNT);
    s1v5.intoArray(tile, 13 * Lanes.COUNT);
    s1v6.intoArray(tile, 14 * Lanes.COUNT);
    s1v7.intoArray(tile, 15 * Lanes.COUNT);
  }

  static void rows4Panels2(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
    Lanes.know(panels);
    long panel1 = panel0 + pitch;
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s0v2 = zero, s0v3 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s1v2 = zero, s1v3 = zero;
    FloatVector s2v0 = zero, s2v1 = zero;
    FloatVector s2v2 = zero, s2v3 = zero;
    FloatVector s3v0 = zero, s3v1 = zero;
    FloatVector s3v2 = zero, s3v3 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      IntVector p0 = pairs(panels, panel0 + next);
      FloatVector b0 = low(p0);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      FloatVector b1 = high(p0);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
      IntVector p1 = pairs(panels, panel1 + next);
      FloatVector b2 = low(p1);
      s0v2 = a0.fma(b2, s0v2);
      s1v2 = a1.fma(b2, s1v2);
      s2v2 = a2.fma(b2, s2v2);
      s3v2 = a3.fma(b2, s3v2);
      FloatVector b3 = high(p1);
      s0v3 = a0.fma(b3, s0v3);
      s1v3 = a1.fma(b3, s1v3);
      s2v3 = a2.fma(b3, s2v3);
      s3v3 = a3.fma(b3, s3v3);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s0v2.intoArray(tile, 2 * Lanes.COUNT);
    s0v3.intoArray(tile, 3 * Lanes.COUNT);
    s1v0.intoArray(tile, 4 * Lanes.COUNT);
    s1v1.intoArray(tile, 5 * Lanes.COUNT);
    s1v2.intoArray(tile, 6 * Lanes.COUNT);
    s1v3.intoArray(tile, 7 * Lanes.COUNT);
    s2v0.intoArray(tile, 8 * Lanes.COUNT);
    s2v1.intoArray(tile, 9 * Lanes.COUNT);
    s2v2.intoArray(tile, 10 * Lanes.COUNT);
    s2v3.intoArray(tile, 11 * Lanes.COUNT);
    s3v0.intoArray(tile, 12 * Lanes.COUNT);
    s3v1.intoArray(tile, 13 * Lanes.COUNT);
    s3v2.intoArray(tile, 14 * Lanes.COUNT);
    s3v3.intoArray(tile, 15 * Lanes.COUNT);
  }
}
