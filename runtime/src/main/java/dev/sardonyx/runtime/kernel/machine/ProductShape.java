package dev.sardonyx.runtime.kernel.machine;

import static java.util.Locale.ROOT;

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
    CLIP;

    /** How many there are; asking for all of them makes an array each time. */
    static final int COUNT = values().length;

    /** What is added before it, and itself, as text after the name of some code. */
    String after(boolean bias, boolean residual) {
      return (bias ? " + bias" : "")
          + (residual ? " + residual" : "")
          + (this == NONE ? "" : ", " + name().toLowerCase(ROOT));
    }
  }

  /** The tallest tile at any level: with panels of two vectors its sums leave four registers. */
  static final int TALLEST = 14;

  /** The most panels of a tile, of one row. */
  static final int MOST_TOGETHER = 4;

  private static final int STORAGES = WeightStorage.values().length;

  /** How many numbers there are. */
  static final int COUNT = TALLEST * MOST_TOGETHER * STORAGES * 8 * Ending.COUNT;

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
    return number * Ending.COUNT + ending.ordinal();
  }

  /** The shape of a number. */
  static ProductShape of(int number) {
    int rest = number / Ending.COUNT;
    int tile = rest / 8 / STORAGES;
    return new ProductShape(
        tile / MOST_TOGETHER + 1,
        (rest & 4) != 0,
        tile % MOST_TOGETHER + 1,
        WeightStorage.values()[rest / 8 % STORAGES],
        (rest & 2) != 0,
        (rest & 1) != 0,
        Ending.values()[number % Ending.COUNT]);
  }

  /** For people. */
  @Override
  public String toString() {
    return "product "
        + rows(height, low)
        + (together == 1 ? "" : " of " + together + " panels")
        + (storage == WeightStorage.FLOAT32 ? "" : " from " + storage.name().toLowerCase(ROOT))
        + ending.after(bias, residual);
  }

  /** How high tiles are. */
  static String rows(int height, boolean low) {
    return low && height > 1 ? "x" + height + "/" + (height - 1) : "x" + height;
  }
}
