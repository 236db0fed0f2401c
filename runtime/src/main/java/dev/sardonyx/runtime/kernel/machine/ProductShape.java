package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.api.engine.WeightStorage;

/**
 * What distinguishes the pieces of code for products.
 *
 * @param height rows of a tile
 * @param low whether tiles of one row less follow
 * @param together panels of a tile
 * @param storage how the panels are stored
 * @param bias whether there is one
 * @param residual whether something is added at the places of C
 * @param ending what comes last
 */
record ProductShape(
    int height,
    boolean low,
    int together,
    WeightStorage storage,
    boolean bias,
    boolean residual,
    Ending ending) {

  /** The last operation on an element of C. */
  enum Ending {
    NONE,
    RELU,
    CLIP
  }

  /** The tallest tile: with panels of two vectors its sums leave four registers. */
  static final int TALLEST = 14;

  /** The most panels of a tile, of one row. */
  static final int MOST_TOGETHER = 4;

  private static final int STORAGES = WeightStorage.values().length;
  private static final int ENDINGS = Ending.values().length;

  /** How many numbers there are. */
  static final int COUNT = TALLEST * MOST_TOGETHER * STORAGES * 8 * ENDINGS;

  /** How many panels tiles of so few rows have: sums enough to hide how long one takes. */
  static int together(int height) {
    return height == 1 ? 4 : height == 2 ? 3 : height == 3 ? 2 : 1;
  }

  /** Whether tiles of a height keep the sums over all of k in registers. */
  boolean isLow(int rows) {
    return isFew(height) && rows <= height;
  }

  /** Whether tiles of so few rows take several panels at a time. */
  static boolean isFew(int height) {
    return height <= 3;
  }

  /** A number for each shape; no object is made for it. */
  static int number(
      int height,
      boolean low,
      int together,
      WeightStorage storage,
      boolean bias,
      boolean residual,
      Ending ending) {
    int number = (height - 1) * MOST_TOGETHER + together - 1;
    number = number * STORAGES + storage.ordinal();
    number = number * 8 + (low ? 4 : 0) + (bias ? 2 : 0) + (residual ? 1 : 0);
    return number * ENDINGS + ending.ordinal();
  }

  /** The shape of a number. */
  static ProductShape of(int number) {
    int rest = number / ENDINGS;
    int tile = rest / 8 / STORAGES;
    return new ProductShape(
        tile / MOST_TOGETHER + 1,
        (rest & 4) != 0,
        tile % MOST_TOGETHER + 1,
        WeightStorage.values()[rest / 8 % STORAGES],
        (rest & 2) != 0,
        (rest & 1) != 0,
        Ending.values()[number % ENDINGS]);
  }
}
