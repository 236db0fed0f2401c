package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Products of rows so few that a panel meets one tile only: it is read from memory, several at a
 * time where that makes enough sums to hide the latency of one, and streams to fill the bandwidth.
 * The tile is {@code [row][panel][WIDTH]}.
 */
final class VectorFewRows {

  private static final int WIDTH = VectorProducts.WIDTH;
  private static final int PITCH = Products.PITCH;

  private VectorFewRows() {}

  static void rows1Panels4(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
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
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      FloatVector b2 = Lanes.load(panels, panel1 + next);
      s0v2 = a0.fma(b2, s0v2);
      FloatVector b3 = Lanes.load(panels, panel1 + next + Lanes.COUNT);
      s0v3 = a0.fma(b3, s0v3);
      FloatVector b4 = Lanes.load(panels, panel2 + next);
      s0v4 = a0.fma(b4, s0v4);
      FloatVector b5 = Lanes.load(panels, panel2 + next + Lanes.COUNT);
      s0v5 = a0.fma(b5, s0v5);
      FloatVector b6 = Lanes.load(panels, panel3 + next);
      s0v6 = a0.fma(b6, s0v6);
      FloatVector b7 = Lanes.load(panels, panel3 + next + Lanes.COUNT);
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
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      FloatVector b2 = Lanes.load(panels, panel1 + next);
      s0v2 = a0.fma(b2, s0v2);
      s1v2 = a1.fma(b2, s1v2);
      FloatVector b3 = Lanes.load(panels, panel1 + next + Lanes.COUNT);
      s0v3 = a0.fma(b3, s0v3);
      s1v3 = a1.fma(b3, s1v3);
      FloatVector b4 = Lanes.load(panels, panel2 + next);
      s0v4 = a0.fma(b4, s0v4);
      s1v4 = a1.fma(b4, s1v4);
      FloatVector b5 = Lanes.load(panels, panel2 + next + Lanes.COUNT);
      s0v5 = a0.fma(b5, s0v5);
      s1v5 = a1.fma(b5, s1v5);
      FloatVector b6 = Lanes.load(panels, panel3 + next);
      s0v6 = a0.fma(b6, s0v6);
      s1v6 = a1.fma(b6, s1v6);
      FloatVector b7 = Lanes.load(panels, panel3 + next + Lanes.COUNT);
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

  static void rows2Panels2(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
    long panel1 = panel0 + pitch;
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s0v2 = zero, s0v3 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s1v2 = zero, s1v3 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      FloatVector b2 = Lanes.load(panels, panel1 + next);
      s0v2 = a0.fma(b2, s0v2);
      s1v2 = a1.fma(b2, s1v2);
      FloatVector b3 = Lanes.load(panels, panel1 + next + Lanes.COUNT);
      s0v3 = a0.fma(b3, s0v3);
      s1v3 = a1.fma(b3, s1v3);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s0v2.intoArray(tile, 2 * Lanes.COUNT);
    s0v3.intoArray(tile, 3 * Lanes.COUNT);
    s1v0.intoArray(tile, 4 * Lanes.COUNT);
    s1v1.intoArray(tile, 5 * Lanes.COUNT);
    s1v2.intoArray(tile, 6 * Lanes.COUNT);
    s1v3.intoArray(tile, 7 * Lanes.COUNT);
  }

  static void rows4Panels2(
      int k, float[] a, int at, MemorySegment panels, long panel0, long pitch, float[] tile) {
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
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
      FloatVector b2 = Lanes.load(panels, panel1 + next);
      s0v2 = a0.fma(b2, s0v2);
      s1v2 = a1.fma(b2, s1v2);
      s2v2 = a2.fma(b2, s2v2);
      s3v2 = a3.fma(b2, s3v2);
      FloatVector b3 = Lanes.load(panels, panel1 + next + Lanes.COUNT);
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

  static void rows4Panels1(
      int k, float[] a, int at, MemorySegment panels, long panel0, float[] tile) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s2v0 = zero, s2v1 = zero;
    FloatVector s3v0 = zero, s3v1 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s1v0.intoArray(tile, 2 * Lanes.COUNT);
    s1v1.intoArray(tile, 3 * Lanes.COUNT);
    s2v0.intoArray(tile, 4 * Lanes.COUNT);
    s2v1.intoArray(tile, 5 * Lanes.COUNT);
    s3v0.intoArray(tile, 6 * Lanes.COUNT);
    s3v1.intoArray(tile, 7 * Lanes.COUNT);
  }

  static void rows6Panels1(
      int k, float[] a, int at, MemorySegment panels, long panel0, float[] tile) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s2v0 = zero, s2v1 = zero;
    FloatVector s3v0 = zero, s3v1 = zero;
    FloatVector s4v0 = zero, s4v1 = zero;
    FloatVector s5v0 = zero, s5v1 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      s4v0 = a4.fma(b0, s4v0);
      s5v0 = a5.fma(b0, s5v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
      s4v1 = a4.fma(b1, s4v1);
      s5v1 = a5.fma(b1, s5v1);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s1v0.intoArray(tile, 2 * Lanes.COUNT);
    s1v1.intoArray(tile, 3 * Lanes.COUNT);
    s2v0.intoArray(tile, 4 * Lanes.COUNT);
    s2v1.intoArray(tile, 5 * Lanes.COUNT);
    s3v0.intoArray(tile, 6 * Lanes.COUNT);
    s3v1.intoArray(tile, 7 * Lanes.COUNT);
    s4v0.intoArray(tile, 8 * Lanes.COUNT);
    s4v1.intoArray(tile, 9 * Lanes.COUNT);
    s5v0.intoArray(tile, 10 * Lanes.COUNT);
    s5v1.intoArray(tile, 11 * Lanes.COUNT);
  }

  static void rows8Panels1(
      int k, float[] a, int at, MemorySegment panels, long panel0, float[] tile) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s2v0 = zero, s2v1 = zero;
    FloatVector s3v0 = zero, s3v1 = zero;
    FloatVector s4v0 = zero, s4v1 = zero;
    FloatVector s5v0 = zero, s5v1 = zero;
    FloatVector s6v0 = zero, s6v1 = zero;
    FloatVector s7v0 = zero, s7v1 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      FloatVector a6 = Lanes.all(a[at + i + 6 * PITCH]);
      FloatVector a7 = Lanes.all(a[at + i + 7 * PITCH]);
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      s4v0 = a4.fma(b0, s4v0);
      s5v0 = a5.fma(b0, s5v0);
      s6v0 = a6.fma(b0, s6v0);
      s7v0 = a7.fma(b0, s7v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
      s4v1 = a4.fma(b1, s4v1);
      s5v1 = a5.fma(b1, s5v1);
      s6v1 = a6.fma(b1, s6v1);
      s7v1 = a7.fma(b1, s7v1);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s1v0.intoArray(tile, 2 * Lanes.COUNT);
    s1v1.intoArray(tile, 3 * Lanes.COUNT);
    s2v0.intoArray(tile, 4 * Lanes.COUNT);
    s2v1.intoArray(tile, 5 * Lanes.COUNT);
    s3v0.intoArray(tile, 6 * Lanes.COUNT);
    s3v1.intoArray(tile, 7 * Lanes.COUNT);
    s4v0.intoArray(tile, 8 * Lanes.COUNT);
    s4v1.intoArray(tile, 9 * Lanes.COUNT);
    s5v0.intoArray(tile, 10 * Lanes.COUNT);
    s5v1.intoArray(tile, 11 * Lanes.COUNT);
    s6v0.intoArray(tile, 12 * Lanes.COUNT);
    s6v1.intoArray(tile, 13 * Lanes.COUNT);
    s7v0.intoArray(tile, 14 * Lanes.COUNT);
    s7v1.intoArray(tile, 15 * Lanes.COUNT);
  }

  static void rows14Panels1(
      int k, float[] a, int at, MemorySegment panels, long panel0, float[] tile) {
    FloatVector zero = Lanes.all(0);
    FloatVector s0v0 = zero, s0v1 = zero;
    FloatVector s1v0 = zero, s1v1 = zero;
    FloatVector s2v0 = zero, s2v1 = zero;
    FloatVector s3v0 = zero, s3v1 = zero;
    FloatVector s4v0 = zero, s4v1 = zero;
    FloatVector s5v0 = zero, s5v1 = zero;
    FloatVector s6v0 = zero, s6v1 = zero;
    FloatVector s7v0 = zero, s7v1 = zero;
    FloatVector s8v0 = zero, s8v1 = zero;
    FloatVector s9v0 = zero, s9v1 = zero;
    FloatVector s10v0 = zero, s10v1 = zero;
    FloatVector s11v0 = zero, s11v1 = zero;
    FloatVector s12v0 = zero, s12v1 = zero;
    FloatVector s13v0 = zero, s13v1 = zero;
    for (int i = 0; i < k; i++) {
      long next = (long) i * WIDTH;
      FloatVector a0 = Lanes.all(a[at + i]);
      FloatVector a1 = Lanes.all(a[at + i + PITCH]);
      FloatVector a2 = Lanes.all(a[at + i + 2 * PITCH]);
      FloatVector a3 = Lanes.all(a[at + i + 3 * PITCH]);
      FloatVector a4 = Lanes.all(a[at + i + 4 * PITCH]);
      FloatVector a5 = Lanes.all(a[at + i + 5 * PITCH]);
      FloatVector a6 = Lanes.all(a[at + i + 6 * PITCH]);
      FloatVector a7 = Lanes.all(a[at + i + 7 * PITCH]);
      FloatVector a8 = Lanes.all(a[at + i + 8 * PITCH]);
      FloatVector a9 = Lanes.all(a[at + i + 9 * PITCH]);
      FloatVector a10 = Lanes.all(a[at + i + 10 * PITCH]);
      FloatVector a11 = Lanes.all(a[at + i + 11 * PITCH]);
      FloatVector a12 = Lanes.all(a[at + i + 12 * PITCH]);
      FloatVector a13 = Lanes.all(a[at + i + 13 * PITCH]);
      FloatVector b0 = Lanes.load(panels, panel0 + next);
      s0v0 = a0.fma(b0, s0v0);
      s1v0 = a1.fma(b0, s1v0);
      s2v0 = a2.fma(b0, s2v0);
      s3v0 = a3.fma(b0, s3v0);
      s4v0 = a4.fma(b0, s4v0);
      s5v0 = a5.fma(b0, s5v0);
      s6v0 = a6.fma(b0, s6v0);
      s7v0 = a7.fma(b0, s7v0);
      s8v0 = a8.fma(b0, s8v0);
      s9v0 = a9.fma(b0, s9v0);
      s10v0 = a10.fma(b0, s10v0);
      s11v0 = a11.fma(b0, s11v0);
      s12v0 = a12.fma(b0, s12v0);
      s13v0 = a13.fma(b0, s13v0);
      FloatVector b1 = Lanes.load(panels, panel0 + next + Lanes.COUNT);
      s0v1 = a0.fma(b1, s0v1);
      s1v1 = a1.fma(b1, s1v1);
      s2v1 = a2.fma(b1, s2v1);
      s3v1 = a3.fma(b1, s3v1);
      s4v1 = a4.fma(b1, s4v1);
      s5v1 = a5.fma(b1, s5v1);
      s6v1 = a6.fma(b1, s6v1);
      s7v1 = a7.fma(b1, s7v1);
      s8v1 = a8.fma(b1, s8v1);
      s9v1 = a9.fma(b1, s9v1);
      s10v1 = a10.fma(b1, s10v1);
      s11v1 = a11.fma(b1, s11v1);
      s12v1 = a12.fma(b1, s12v1);
      s13v1 = a13.fma(b1, s13v1);
    }
    s0v0.intoArray(tile, 0);
    s0v1.intoArray(tile, Lanes.COUNT);
    s1v0.intoArray(tile, 2 * Lanes.COUNT);
    s1v1.intoArray(tile, 3 * Lanes.COUNT);
    s2v0.intoArray(tile, 4 * Lanes.COUNT);
    s2v1.intoArray(tile, 5 * Lanes.COUNT);
    s3v0.intoArray(tile, 6 * Lanes.COUNT);
    s3v1.intoArray(tile, 7 * Lanes.COUNT);
    s4v0.intoArray(tile, 8 * Lanes.COUNT);
    s4v1.intoArray(tile, 9 * Lanes.COUNT);
    s5v0.intoArray(tile, 10 * Lanes.COUNT);
    s5v1.intoArray(tile, 11 * Lanes.COUNT);
    s6v0.intoArray(tile, 12 * Lanes.COUNT);
    s6v1.intoArray(tile, 13 * Lanes.COUNT);
    s7v0.intoArray(tile, 14 * Lanes.COUNT);
    s7v1.intoArray(tile, 15 * Lanes.COUNT);
    s8v0.intoArray(tile, 16 * Lanes.COUNT);
    s8v1.intoArray(tile, 17 * Lanes.COUNT);
    s9v0.intoArray(tile, 18 * Lanes.COUNT);
    s9v1.intoArray(tile, 19 * Lanes.COUNT);
    s10v0.intoArray(tile, 20 * Lanes.COUNT);
    s10v1.intoArray(tile, 21 * Lanes.COUNT);
    s11v0.intoArray(tile, 22 * Lanes.COUNT);
    s11v1.intoArray(tile, 23 * Lanes.COUNT);
    s12v0.intoArray(tile, 24 * Lanes.COUNT);
    s12v1.intoArray(tile, 25 * Lanes.COUNT);
    s13v0.intoArray(tile, 26 * Lanes.COUNT);
    s13v1.intoArray(tile, 27 * Lanes.COUNT);
  }
}
