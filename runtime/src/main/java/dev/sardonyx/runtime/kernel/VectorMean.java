package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Sums of runs: short stretches in float lanes, stretches added up in double. */
final class VectorMean {

  /** Each of 4 x 16 lanes adds at most 16 values before its sum goes over to double. */
  private static final int STRETCH = 1024;

  private VectorMean() {}

  static float mean(MemorySegment x, long offset, long n) {
    double sum = 0;
    for (long at = 0; at < n; at += STRETCH) {
      sum += stretch(x, offset + at, (int) Math.min(STRETCH, n - at));
    }
    return (float) (sum / n);
  }

  private static double stretch(MemorySegment x, long offset, int n) {
    FloatVector s0 = Lanes.all(0);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= n; i += 4 * Lanes.COUNT) {
      s0 = s0.add(Lanes.load(x, offset + i));
      s1 = s1.add(Lanes.load(x, offset + i + Lanes.COUNT));
      s2 = s2.add(Lanes.load(x, offset + i + 2 * Lanes.COUNT));
      s3 = s3.add(Lanes.load(x, offset + i + 3 * Lanes.COUNT));
    }
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      s0 = s0.add(Lanes.load(x, offset + i));
    }
    double sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < n; i++) {
      sum += Floats.get(x, offset + i);
    }
    return sum;
  }
}
