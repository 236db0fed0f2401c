package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Functions of one float by their definitions in double, rounded once. */
final class ScalarUnary {

  private ScalarUnary() {}

  static void apply(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    for (long at = 0; at < n; at += Cancellation.EVERY) {
      Cancellation.poll();
      run(function, x, xOffset + at, y, yOffset + at, Math.min(Cancellation.EVERY, n - at));
    }
  }

  /** The same in one go. */
  static void run(
      UnaryFunction function, MemorySegment x, long from, MemorySegment y, long to, long n) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, to + i, (float) function.applyAsDouble(Floats.get(x, from + i)));
    }
  }
}
