package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Functions of one float by their definitions in double, rounded once. */
final class ScalarUnary {

  private ScalarUnary() {}

  static void apply(UnaryFunction function, MemorySegment x, MemorySegment y, long n) {
    for (long at = 0; at < n; at += Cancellation.EVERY) {
      Cancellation.poll();
      apply(function, x, at, y, Math.min(Cancellation.EVERY, n - at));
    }
  }

  /** The same for n elements from an index on. */
  static void apply(UnaryFunction function, MemorySegment x, long at, MemorySegment y, long n) {
    for (long i = at; i < at + n; i++) {
      Floats.set(y, i, (float) function.applyAsDouble(Floats.get(x, i)));
    }
  }
}
