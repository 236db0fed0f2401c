package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a tile to C, with what an {@link Epilogue} adds to them. */
final class VectorFinish {
  private VectorFinish() {}

  static void row(
      int n,
      float[] tile,
      int from,
      @Nullable MemorySegment bias,
      long biasAt,
      @Nullable MemorySegment residual,
      boolean bounded,
      float low,
      float high,
      MemorySegment c,
      long to) {
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, tile, from + i);
      if (bias != null) {
        v = v.add(Lanes.load(bias, biasAt + i));
      }
      if (residual != null) {
        v = v.add(Lanes.load(residual, to + i));
      }
      if (bounded) {
        v = v.blend(low, v.compare(VectorOperators.LE, low));
        v = v.blend(high, v.compare(VectorOperators.GE, high));
      }
      Lanes.store(v, c, to + i);
    }
    if (i < n) {
      rest(
          Lanes.first(n - i),
          tile,
          from + i,
          bias,
          biasAt + i,
          residual,
          bounded,
          low,
          high,
          c,
          to + i);
    }
  }

  private static void rest(
      VectorMask<Float> lanes,
      float[] tile,
      int from,
      @Nullable MemorySegment bias,
      long biasAt,
      @Nullable MemorySegment residual,
      boolean bounded,
      float low,
      float high,
      MemorySegment c,
      long to) {
    FloatVector v = FloatVector.fromArray(Lanes.SPECIES, tile, from, lanes);
    if (bias != null) {
      v = v.add(Lanes.load(bias, biasAt, lanes));
    }
    if (residual != null) {
      v = v.add(Lanes.load(residual, to, lanes));
    }
    if (bounded) {
      v = v.blend(low, v.compare(VectorOperators.LE, low));
      v = v.blend(high, v.compare(VectorOperators.GE, high));
    }
    Lanes.store(v, c, to, lanes);
  }
}
