package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** Sums, or other things, over registers and over their lanes. */
final class Lanes {
  /** Orders within 128 bits: one half, or one of each two, for the other. */
  static final int SWAP_HALVES = 0x4E;

  static final int SWAP_PAIRS = 0xB1;

  private Lanes() {}

  /** Brings the second into the first; the order does not matter. */
  @FunctionalInterface
  interface Merge {
    void write(Vec to, Vec other);
  }

  /** Brings some registers together in the first of them, by halves. */
  static void together(VectorLevel level, int first, int count, Merge merge) {
    for (int half = count / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        merge.write(level.register(first + i), level.register(first + half + i));
      }
    }
  }

  /** Brings all lanes together, in each of them; by halves. */
  static void across(VectorLevel level, Assembler a, Vec vector, Vec free, Merge merge) {
    acrossDoubles(level, a, vector, free, merge);
    level.swap(a, free, vector, 1);
    merge.write(vector, free);
  }

  /** The same of lanes of doubles. */
  static void acrossDoubles(VectorLevel level, Assembler a, Vec vector, Vec free, Merge merge) {
    for (int distance = level.lanes() / 2; distance > 1; distance /= 2) {
      level.swap(a, free, vector, distance);
      merge.write(vector, free);
    }
  }
}
