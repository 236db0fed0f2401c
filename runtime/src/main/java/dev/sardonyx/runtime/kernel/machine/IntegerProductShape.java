package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.IntegerEnding;

/**
 * What distinguishes the pieces of code for products of 8-bit numbers.
 *
 * @param height rows of a tile; with two lines those of both
 * @param low whether tiles with one row less follow
 * @param twoLines whether a tile is two whole lines
 * @param bytes whether sums become numbers of 8 bits
 */
record IntegerProductShape(int height, boolean low, boolean twoLines, boolean bytes) {
  /** Rows of the tallest tile of all. */
  private static final int TALLEST = 14;

  /** Numbers of shapes; not all of them are used. */
  static final int COUNT = 8 * TALLEST;

  static int number(int height, boolean low, boolean twoLines, IntegerEnding ending) {
    int flags = (low ? 1 : 0) + (twoLines ? 2 : 0);
    return (flags + (ending instanceof IntegerEnding.Bytes ? 4 : 0)) * TALLEST + height - 1;
  }

  static IntegerProductShape of(int number) {
    int flags = number / TALLEST;
    return new IntegerProductShape(
        number % TALLEST + 1, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
  }

  /** Whether there is such a tile where the tallest has so many rows. */
  boolean isUsed(int tallest) {
    boolean lines = height % 2 == 0 && !low;
    return height <= tallest && (twoLines ? lines : !low || height > tallest / 2);
  }

  /** For people. */
  @Override
  public String toString() {
    return ProductShape.rows(height, low)
        + (twoLines ? ", two lines" : "")
        + (bytes ? ", to bytes" : "");
  }
}
