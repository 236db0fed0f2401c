package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;

/**
 * What distinguishes the pieces of code for pictures of few channels.
 *
 * @param height pixels of a tile
 * @param low whether tiles of one pixel less follow
 * @param residual whether something is added at the places of y
 * @param ending what comes last
 */
record PlaneShape(int height, boolean low, boolean residual, Ending ending) {
  /** The tallest tile: its sums leave four registers. */
  static final int TALLEST = 14;

  /** How many numbers there are. */
  static final int COUNT = TALLEST * 4 * Ending.COUNT;

  /** A number for each shape; no object is made for it. */
  static int number(int height, boolean low, boolean residual, Ending ending) {
    int number = (height - 1) * 4 + (low ? 2 : 0) + (residual ? 1 : 0);
    return number * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static PlaneShape of(int number) {
    int rest = number / Ending.COUNT;
    return new PlaneShape(
        rest / 4 + 1, (rest & 2) != 0, (rest & 1) != 0, Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "planes " + ProductShape.rows(height, low) + ending.after(false, residual);
  }
}
