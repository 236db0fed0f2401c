package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** Sums, or other things, over registers and over their lanes. */
final class Lanes {
  private static final int SWAP_HALVES = 0x4E;
  private static final int SWAP_PAIRS = 0xB1;

  private Lanes() {}

  /** Brings the second into the first; the order does not matter. */
  @FunctionalInterface
  interface Merge {
    void write(Vec to, Vec other);
  }

  /** Brings some registers together in the first of them, by halves. */
  static void together(int first, int count, Merge merge) {
    for (int half = count / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        merge.write(zmm(first + i), zmm(first + half + i));
      }
    }
  }

  /** Brings all lanes together, in each of them; by halves. */
  static void across(Assembler a, Vec vector, Vec free, Merge merge) {
    acrossDoubles(a, vector, free, merge);
    a.vpermilps(free, vector, SWAP_PAIRS);
    merge.write(vector, free);
  }

  /** The same of lanes of doubles. */
  static void acrossDoubles(Assembler a, Vec vector, Vec free, Merge merge) {
    for (int order : new int[] {SWAP_HALVES, SWAP_PAIRS}) {
      a.vshuff32x4(free, vector, vector, order);
      merge.write(vector, free);
    }
    a.vpermilps(free, vector, SWAP_HALVES);
    merge.write(vector, free);
  }
}
