package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Reductions of one row: short stretches in float lanes, stretches added up in double. */
final class VectorRows {

  /** Each lane of four vectors adds 16 values before its sum goes over to double. */
  private static final int STRETCH = 4 * 16 * Lanes.COUNT;

  private VectorRows() {}

  static float reduce(RowReduction function, MemorySegment x, long offset, long n) {
    return switch (function) {
      case MAX -> extreme(x, offset, n, true);
      case MIN -> extreme(x, offset, n, false);
      case PROD, LOG_SUM_EXP -> ScalarRows.reduce(function, x, offset, n);
      case SUM, MEAN, LOG_SUM, L1, L2, SUM_SQUARE -> sum(function, x, offset, n);
    };
  }

  private static float extreme(MemorySegment x, long offset, long n, boolean max) {
    float result = max ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    for (long at = 0; at < n; at += Cancellation.EVERY) {
      int run = (int) Math.min(Cancellation.EVERY, n - at);
      result =
          max
              ? Math.max(result, maximum(x, offset + at, run))
              : Math.min(result, minimum(x, offset + at, run));
      if (run < n) {
        Cancellation.poll();
      }
    }
    return result;
  }

  private static float sum(RowReduction function, MemorySegment x, long offset, long n) {
    double sum = 0;
    long left = Cancellation.EVERY;
    for (long at = 0; at < n; at += STRETCH) {
      left = Cancellation.spend(left, STRETCH);
      int run = (int) Math.min(STRETCH, n - at);
      sum +=
          switch (function) {
            case L1 -> sizes(x, offset + at, run);
            case L2, SUM_SQUARE -> squares(x, offset + at, run);
            case SUM, MEAN, LOG_SUM, MAX, MIN, PROD, LOG_SUM_EXP -> plain(x, offset + at, run);
          };
    }
    return (float) function.finish(sum, n);
  }

  private static double plain(MemorySegment x, long offset, int n) {
    FloatVector s0 = FloatVector.broadcast(Lanes.SPECIES, 0);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= n; i += 4 * Lanes.COUNT) {
      s0 =
          s0.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER));
      s1 =
          s1.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) (i + Lanes.COUNT) * Float.BYTES, Lanes.ORDER));
      s2 =
          s2.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) (i + 2 * Lanes.COUNT) * Float.BYTES, Lanes.ORDER));
      s3 =
          s3.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) (i + 3 * Lanes.COUNT) * Float.BYTES, Lanes.ORDER));
    }
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      s0 =
          s0.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER));
    }
    double sum = Lanes.sum(s0.add(s1).add(s2.add(s3)));
    for (; i < n; i++) {
      sum += Floats.get(x, offset + i);
    }
    return sum;
  }

  private static double sizes(MemorySegment x, long offset, int n) {
    FloatVector s0 = FloatVector.broadcast(Lanes.SPECIES, 0);
    FloatVector s1 = s0;
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + 2 * Lanes.COUNT <= n; i += 2 * Lanes.COUNT) {
      s0 =
          s0.add(
              FloatVector.fromMemorySegment(
                      Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER)
                  .abs());
      s1 =
          s1.add(
              FloatVector.fromMemorySegment(
                      Lanes.SPECIES, x, at + (long) (i + Lanes.COUNT) * Float.BYTES, Lanes.ORDER)
                  .abs());
    }
    double sum = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      sum += Math.abs(Floats.get(x, offset + i));
    }
    return sum;
  }

  private static double squares(MemorySegment x, long offset, int n) {
    FloatVector s0 = FloatVector.broadcast(Lanes.SPECIES, 0);
    FloatVector s1 = s0;
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + 2 * Lanes.COUNT <= n; i += 2 * Lanes.COUNT) {
      FloatVector a =
          FloatVector.fromMemorySegment(Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER);
      FloatVector b =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, x, at + (long) (i + Lanes.COUNT) * Float.BYTES, Lanes.ORDER);
      s0 = a.fma(a, s0);
      s1 = b.fma(b, s1);
    }
    double sum = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      double value = Floats.get(x, offset + i);
      sum += value * value;
    }
    return sum;
  }

  private static float maximum(MemorySegment x, long offset, int n) {
    FloatVector lanes = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      lanes =
          lanes.max(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER));
    }
    float result = lanes.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      result = Math.max(result, Floats.get(x, offset + i));
    }
    return result;
  }

  private static float minimum(MemorySegment x, long offset, int n) {
    FloatVector lanes = FloatVector.broadcast(Lanes.SPECIES, Float.POSITIVE_INFINITY);
    long at = Lanes.bytes(x, offset);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      lanes =
          lanes.min(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, x, at + (long) i * Float.BYTES, Lanes.ORDER));
    }
    float result = lanes.reduceLanes(VectorOperators.MIN);
    for (; i < n; i++) {
      result = Math.min(result, Floats.get(x, offset + i));
    }
    return result;
  }
}
