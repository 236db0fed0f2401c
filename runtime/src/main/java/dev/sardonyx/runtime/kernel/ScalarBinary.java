package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Functions of two floats by their definitions in double, rounded once. */
final class ScalarBinary {

  private ScalarBinary() {}

  static void apply(
      BinaryFunction function,
      MemorySegment a,
      long aOffset,
      int aStep,
      MemorySegment b,
      long bOffset,
      int bStep,
      MemorySegment y,
      long yOffset,
      long n) {
    long unpolled = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      unpolled = Cancellation.spend(unpolled, 1);
      float left = Floats.get(a, aOffset + i * aStep);
      float right = Floats.get(b, bOffset + i * bStep);
      Floats.set(y, yOffset + i, (float) function.applyAsDouble(left, right));
    }
  }
}
