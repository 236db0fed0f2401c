package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Tiles of C: some rows by one panel of two vectors, summed in registers over one counted loop.
 *
 * <p>The methods repeat each other on purpose. C2 keeps sums in registers only where they are named
 * locals, and gives up (silently, boxing every vector) beyond about 85 vector calls per compiled
 * method; so neither arrays of sums nor taller tiles pay.
 *
 * <p>Heights 4 and 5 are left out: in some runs C2 compiles them to less than half the speed of 3
 * and 6 (measured with JDK 25.0.3).
 */
final class VectorTiles {

  /** Columns of a panel. */
  static final int WIDTH = 2 * Lanes.COUNT;

  private VectorTiles() {}

  static void rows6(
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int ldc) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    FloatVector s10 = Lanes.all(0), s11 = s10;
    FloatVector s20 = Lanes.all(0), s21 = s20;
    FloatVector s30 = Lanes.all(0), s31 = s30;
    FloatVector s40 = Lanes.all(0), s41 = s40;
    FloatVector s50 = Lanes.all(0), s51 = s50;
    long row1 = aOffset + lda;
    long row2 = aOffset + 2L * lda;
    long row3 = aOffset + 3L * lda;
    long row4 = aOffset + 4L * lda;
    long row5 = aOffset + 5L * lda;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = Lanes.all(Floats.get(a, row1 + i));
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = Lanes.all(Floats.get(a, row2 + i));
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      FloatVector a3 = Lanes.all(Floats.get(a, row3 + i));
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      FloatVector a4 = Lanes.all(Floats.get(a, row4 + i));
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      FloatVector a5 = Lanes.all(Floats.get(a, row5 + i));
      s50 = a5.fma(b0, s50);
      s51 = a5.fma(b1, s51);
    }
    store(c, cOffset, s00, s01);
    store(c, cOffset + ldc, s10, s11);
    store(c, cOffset + 2L * ldc, s20, s21);
    store(c, cOffset + 3L * ldc, s30, s31);
    store(c, cOffset + 4L * ldc, s40, s41);
    store(c, cOffset + 5L * ldc, s50, s51);
  }

  static void rows3(
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int ldc) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    FloatVector s10 = Lanes.all(0), s11 = s10;
    FloatVector s20 = Lanes.all(0), s21 = s20;
    long row1 = aOffset + lda;
    long row2 = aOffset + 2L * lda;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = Lanes.all(Floats.get(a, row1 + i));
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = Lanes.all(Floats.get(a, row2 + i));
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
    }
    store(c, cOffset, s00, s01);
    store(c, cOffset + ldc, s10, s11);
    store(c, cOffset + 2L * ldc, s20, s21);
  }

  static void rows2(
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int ldc) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    FloatVector s10 = Lanes.all(0), s11 = s10;
    long row1 = aOffset + lda;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = Lanes.all(Floats.get(a, row1 + i));
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
    }
    store(c, cOffset, s00, s01);
    store(c, cOffset + ldc, s10, s11);
  }

  static void rows1(
      int k,
      MemorySegment a,
      long aOffset,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
    }
    store(c, cOffset, s00, s01);
  }

  /**
   * As rows2, for a panel with fewer columns: masks in the taller tiles would push C2 over its
   * limit.
   */
  static void rows2Tail(
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int ldc,
      int columns) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    FloatVector s10 = Lanes.all(0), s11 = s10;
    long row1 = aOffset + lda;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = Lanes.all(Floats.get(a, row1 + i));
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
    }
    storeTail(c, cOffset, columns, s00, s01);
    storeTail(c, cOffset + ldc, columns, s10, s11);
  }

  /**
   * As rows1, for a panel with fewer columns: masks in the taller tiles would push C2 over its
   * limit.
   */
  static void rows1Tail(
      int k,
      MemorySegment a,
      long aOffset,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int columns) {
    FloatVector s00 = Lanes.all(0), s01 = s00;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      FloatVector b0 = Lanes.load(panel, at);
      FloatVector b1 = Lanes.load(panel, at + Lanes.COUNT);
      FloatVector a0 = Lanes.all(Floats.get(a, aOffset + i));
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
    }
    storeTail(c, cOffset, columns, s00, s01);
  }

  /** One row by four whole panels: eight independent sums hide the latency of a sum. */
  static void row1Panels4(
      int k,
      MemorySegment a,
      long aOffset,
      MemorySegment panels,
      long panelOffset,
      MemorySegment c,
      long cOffset) {
    long pitch = (long) k * WIDTH;
    long panel1 = panelOffset + pitch;
    long panel2 = panel1 + pitch;
    long panel3 = panel2 + pitch;
    FloatVector s0 = Lanes.all(0), s1 = s0, s2 = s0, s3 = s0;
    FloatVector s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    for (int i = 0; i < k; i++) {
      long at = (long) i * WIDTH;
      FloatVector factor = Lanes.all(Floats.get(a, aOffset + i));
      s0 = factor.fma(Lanes.load(panels, panelOffset + at), s0);
      s1 = factor.fma(Lanes.load(panels, panelOffset + at + Lanes.COUNT), s1);
      s2 = factor.fma(Lanes.load(panels, panel1 + at), s2);
      s3 = factor.fma(Lanes.load(panels, panel1 + at + Lanes.COUNT), s3);
      s4 = factor.fma(Lanes.load(panels, panel2 + at), s4);
      s5 = factor.fma(Lanes.load(panels, panel2 + at + Lanes.COUNT), s5);
      s6 = factor.fma(Lanes.load(panels, panel3 + at), s6);
      s7 = factor.fma(Lanes.load(panels, panel3 + at + Lanes.COUNT), s7);
    }
    store(c, cOffset, s0, s1);
    store(c, cOffset + WIDTH, s2, s3);
    store(c, cOffset + 2L * WIDTH, s4, s5);
    store(c, cOffset + 3L * WIDTH, s6, s7);
  }

  private static void store(MemorySegment c, long offset, FloatVector left, FloatVector right) {
    Lanes.store(left, c, offset);
    Lanes.store(right, c, offset + Lanes.COUNT);
  }

  private static void storeTail(
      MemorySegment c, long offset, int columns, FloatVector left, FloatVector right) {
    Lanes.store(left, c, offset, Lanes.first(Math.min(columns, Lanes.COUNT)));
    if (columns > Lanes.COUNT) {
      Lanes.store(right, c, offset + Lanes.COUNT, Lanes.first(columns - Lanes.COUNT));
    }
  }
}
