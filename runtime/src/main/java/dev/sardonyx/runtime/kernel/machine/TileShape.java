package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;

/**
 * What distinguishes the pieces of code for products of tiles.
 *
 * @param pixels whether rows are the pixels that a convolution's kernel meets, where they lie
 * @param parts numbers of bfloat16 whose sum stands for a float
 * @param bias whether there is one
 * @param residual whether something is added at the places of C
 * @param ending what comes last
 */
record TileShape(boolean pixels, int parts, boolean bias, boolean residual, Ending ending) {
  /** Of so many a float is the very sum. */
  static final int MOST_PARTS = 3;

  /** How many numbers there are. */
  static final int COUNT = 2 * MOST_PARTS * 4 * Ending.COUNT;

  /** A number for each shape; no object is made for it. */
  static int number(boolean pixels, int parts, boolean bias, boolean residual, Ending ending) {
    int number = ((pixels ? MOST_PARTS : 0) + parts - 1) * 4 + (bias ? 2 : 0) + (residual ? 1 : 0);
    return number * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static TileShape of(int number) {
    int rest = number / Ending.COUNT;
    return new TileShape(
        rest / 4 >= MOST_PARTS,
        rest / 4 % MOST_PARTS + 1,
        (rest & 2) != 0,
        (rest & 1) != 0,
        Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "tiles of "
        + (pixels ? "pixels, " : "rows, ")
        + (parts == 1 ? "1 part" : parts + " parts")
        + ending.after(bias, residual);
  }
}
