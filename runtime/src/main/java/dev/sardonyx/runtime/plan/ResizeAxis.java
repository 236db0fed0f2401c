package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.op.Resize;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/**
 * One axis of an interpolation: for each output element the positions and weights of those that
 * make it; no positions where it lies outside.
 *
 * @param outside what elements outside are
 */
record ResizeAxis(
    long outer, int size, int outputs, long inner, int[] at, float[] weights, float outside) {
  private static final int NONE = -1;

  /** The axis of a tensor of sizes, of which those behind it are resized already. */
  static ResizeAxis of(ResizeGeometry geometry, long[] sizes, int axis) {
    Resize op = geometry.op();
    double shrink = op.antialias() ? Math.min(1, geometry.scales()[axis]) : 1;
    int reach = op.mode() == Resize.Mode.LINEAR ? 1 : 2;
    long start = (long) Math.floor(-reach / shrink) + 1;
    int taps = Sizes.narrow(2 - 2 * start);
    int count = Sizes.narrow(geometry.outputs()[axis]);
    int size = Sizes.narrow(sizes[axis]);
    int[] at = new int[Sizes.entries(Sizes.multiply(count, taps))];
    float[] weights = new float[at.length];
    double[] shares = new double[taps];
    long left = Cancellation.EVERY;
    for (int i = 0; i < count; i++) {
      left = Cancellation.spend(left, taps);
      float position = geometry.position(axis, i);
      long first = (long) Math.floor(position) + start;
      double sum = 0;
      for (int t = 0; t < taps; t++) {
        Cancellation.pollAt(t);
        boolean beyond = first + t < 0 || first + t >= size;
        double distance = Math.abs(position - (first + t)) * shrink;
        double share = reach == 1 ? Math.max(0, 1 - distance) : cubic(distance, op.cubicCoeffA());
        shares[t] = beyond && op.excludeOutside() ? 0 : share;
        at[i * taps + t] =
            geometry.isOutside(axis, i) ? NONE : (int) Math.clamp(first + t, 0, size - 1L);
        sum += shares[t];
      }
      boolean whole = !op.antialias() && !op.excludeOutside() || sum == 0;
      for (int t = 0; t < taps; t++) {
        Cancellation.pollAt(t);
        weights[i * taps + t] = (float) (whole ? shares[t] : shares[t] / sum);
      }
    }
    long outer = Sizes.product(sizes, 0, axis);
    long inner = Sizes.product(sizes, axis + 1, sizes.length);
    return new ResizeAxis(outer, size, count, inner, at, weights, op.extrapolationValue());
  }

  /** Source: Keys, "Cubic convolution interpolation", 1981. */
  private static double cubic(double d, double a) {
    return d <= 1
        ? ((a + 2) * d - (a + 3)) * d * d + 1
        : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  private int taps() {
    return weights.length / outputs;
  }

  /** Resizes float32 elements. */
  void floats(MemorySegment x, MemorySegment y) {
    int taps = taps();
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      for (int i = 0; i < outputs; i++) {
        left = Cancellation.spend(left, inner * taps);
        long to = (o * outputs + i) * inner;
        boolean inside = at[i * taps] != NONE;
        for (long j = 0; j < inner; j++) {
          Cancellation.pollAt(j);
          float sum = inside ? 0 : outside;
          for (int t = i * taps; inside && t < (i + 1) * taps; t++) {
            Cancellation.pollAt(t);
            long from = (o * size + at[t]) * inner + j;
            sum = Math.fma(weights[t], x.get(JAVA_FLOAT_UNALIGNED, from * 4), sum);
          }
          y.set(JAVA_FLOAT_UNALIGNED, (to + j) * 4, sum);
        }
      }
    }
  }

  /** Resizes float64 elements. */
  void doubles(MemorySegment x, MemorySegment y) {
    int taps = taps();
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      for (int i = 0; i < outputs; i++) {
        left = Cancellation.spend(left, inner * taps);
        long to = (o * outputs + i) * inner;
        boolean inside = at[i * taps] != NONE;
        for (long j = 0; j < inner; j++) {
          Cancellation.pollAt(j);
          double sum = inside ? 0 : outside;
          for (int t = i * taps; inside && t < (i + 1) * taps; t++) {
            Cancellation.pollAt(t);
            long from = (o * size + at[t]) * inner + j;
            sum += weights[t] * x.get(JAVA_DOUBLE_UNALIGNED, from * 8);
          }
          y.set(JAVA_DOUBLE_UNALIGNED, (to + j) * 8, sum);
        }
      }
    }
  }
}
