package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows of sums to C as {@link VectorFinish} does one, where they are one whole panel or
 * one whole vector and lie together: the bias stays in registers.
 */
final class VectorRowsFinish {
  private static final int WIDTH = VectorProducts.WIDTH;

  private VectorRowsFinish() {}

  /** Rows of a panel, in C a step apart. */
  static void panels(
      int rows,
      float[] sums,
      int at,
      @Nullable MemorySegment bias,
      long biasAt,
      @Nullable MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    if (bias != null && residual != null) {
      panelBoth(rows, sums, at, bias, biasAt, residual, low, high, c, to, step);
    } else if (bias != null) {
      panelBiased(rows, sums, at, bias, biasAt, low, high, c, to, step);
    } else if (residual != null) {
      panelAdded(rows, sums, at, residual, low, high, c, to, step);
    } else {
      panelPlain(rows, sums, at, low, high, c, to, step);
    }
  }

  /** Rows of a vector, in C a step apart. */
  static void vectors(
      int rows,
      float[] sums,
      int at,
      @Nullable MemorySegment bias,
      long biasAt,
      @Nullable MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    if (bias != null && residual != null) {
      vectorBoth(rows, sums, at, bias, biasAt, residual, low, high, c, to, step);
    } else if (bias != null) {
      vectorBiased(rows, sums, at, bias, biasAt, low, high, c, to, step);
    } else if (residual != null) {
      vectorAdded(rows, sums, at, residual, low, high, c, to, step);
    } else {
      vectorPlain(rows, sums, at, low, high, c, to, step);
    }
  }

  private static void panelBoth(
      int rows,
      float[] sums,
      int at,
      MemorySegment bias,
      long biasAt,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    FloatVector lBias = Lanes.load(bias, biasAt);
    FloatVector rBias = Lanes.load(bias, biasAt + Lanes.COUNT);
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH + Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(lBias).add(Lanes.load(residual, y)), low, high), c, y);
      Lanes.store(
          VectorFinish.bounded(r.add(rBias).add(Lanes.load(residual, y + Lanes.COUNT)), low, high),
          c,
          y + Lanes.COUNT);
    }
  }

  private static void panelBiased(
      int rows,
      float[] sums,
      int at,
      MemorySegment bias,
      long biasAt,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    FloatVector lBias = Lanes.load(bias, biasAt);
    FloatVector rBias = Lanes.load(bias, biasAt + Lanes.COUNT);
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH + Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(lBias), low, high), c, y);
      Lanes.store(VectorFinish.bounded(r.add(rBias), low, high), c, y + Lanes.COUNT);
    }
  }

  private static void panelAdded(
      int rows,
      float[] sums,
      int at,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH + Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(Lanes.load(residual, y)), low, high), c, y);
      Lanes.store(
          VectorFinish.bounded(r.add(Lanes.load(residual, y + Lanes.COUNT)), low, high),
          c,
          y + Lanes.COUNT);
    }
  }

  private static void panelPlain(
      int rows, float[] sums, int at, float low, float high, MemorySegment c, long to, long step) {
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH);
      FloatVector r = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * WIDTH + Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l, low, high), c, y);
      Lanes.store(VectorFinish.bounded(r, low, high), c, y + Lanes.COUNT);
    }
  }

  private static void vectorBoth(
      int rows,
      float[] sums,
      int at,
      MemorySegment bias,
      long biasAt,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    FloatVector lBias = Lanes.load(bias, biasAt);
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(lBias).add(Lanes.load(residual, y)), low, high), c, y);
    }
  }

  private static void vectorBiased(
      int rows,
      float[] sums,
      int at,
      MemorySegment bias,
      long biasAt,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    FloatVector lBias = Lanes.load(bias, biasAt);
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(lBias), low, high), c, y);
    }
  }

  private static void vectorAdded(
      int rows,
      float[] sums,
      int at,
      MemorySegment residual,
      float low,
      float high,
      MemorySegment c,
      long to,
      long step) {
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l.add(Lanes.load(residual, y)), low, high), c, y);
    }
  }

  private static void vectorPlain(
      int rows, float[] sums, int at, float low, float high, MemorySegment c, long to, long step) {
    for (int i = 0; i < rows; i++) {
      long y = to + i * step;
      FloatVector l = FloatVector.fromArray(Lanes.SPECIES, sums, at + i * Lanes.COUNT);
      Lanes.store(VectorFinish.bounded(l, low, high), c, y);
    }
  }
}
