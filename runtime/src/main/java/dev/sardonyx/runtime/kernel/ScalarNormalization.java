package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Rows brought to mean 0 and variance 1, in double. */
final class ScalarNormalization {

  private ScalarNormalization() {}

  static void row(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long offset,
      long n) {
    double mean = centred ? mean(x, offset, n) : 0;
    double squares = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      double distance = Floats.get(x, offset + i) - mean;
      squares += distance * distance;
    }
    double factor = 1 / Math.sqrt(squares / n + epsilon);
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      double value = (Floats.get(x, offset + i) - mean) * factor;
      value = scale == null ? value : value * Floats.get(scale, i);
      value = shift == null ? value : value + Floats.get(shift, i);
      Floats.set(y, offset + i, (float) value);
    }
  }

  private static double mean(MemorySegment x, long offset, long n) {
    double sum = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      sum += Floats.get(x, offset + i);
    }
    return sum / n;
  }
}
