package dev.sardonyx.runtime.kernel.machine;

/**
 * What products take by tiles and by floats, from rates that fit what was measured with six and
 * three products on a core of the Sapphire Rapids class: both take longer on slower cores, and
 * their ratio stays. The rate of one product is a guess: each tile is loaded for two of them only,
 * which is more than the second cache gives.
 */
final class TileCosts {
  /** Products of parts by their number. */
  private static final int[] PRODUCTS = {1, 3, 6};

  /** So few rows wait for panels, which have more bytes as parts. */
  private static final int FEWEST_ROWS = 12;

  /** Multiplications of floats in a nanosecond. */
  private static final double FLOATS = 96;

  /** The same by tiles, by the number of parts: the processor could do 1580. */
  private static final double[] TILES = {700, 880, 1070};

  /** Nanoseconds for an element that is split. */
  private static final double SPLIT = 0.17;

  /** Nanoseconds for two tiles of rows of a panel: sums that are stored, loaded and ended. */
  private static final double ENDING = 60;

  /** Bytes of panels in a nanosecond from the third cache, and those of half the second. */
  private static final double BYTES = 27;

  private static final double NEAR = 1 << 20;

  /** Products of 8-bit numbers in a nanosecond by vectors, as measured. */
  private static final double BYTES_BY_VECTORS = 434;

  /** Nanoseconds of a product of two tiles of them, however high: three fifths of the rate. */
  private static final double TILE_OF_BYTES = 16 * 16 * 64 / (0.6 * 3166);

  private TileCosts() {}

  /**
   * Whether a product of 8-bit numbers takes less by tiles: by rates alone, as nobody has measured
   * the code.
   *
   * @param tiles of rows
   * @param steps of k
   */
  static boolean paysInIntegers(long tiles, long rows, int n, long steps, int k) {
    double panels = Math.ceilDiv(n, MachineKernels.WIDTH);
    double byTiles = tiles * panels * (2 * steps * TILE_OF_BYTES + ENDING / 2);
    return byTiles < rows * panels * MachineKernels.WIDTH * k / BYTES_BY_VECTORS;
  }

  /** As {@code Kernels.costOfParts}. */
  static double share(long m, int n, int k, long split, int parts) {
    return m < FEWEST_ROWS || n == 0 || k == 0
        ? Double.POSITIVE_INFINITY
        : tiles(m, n, k, split, parts) / floats(m, n, k);
  }

  private static double floats(long m, int n, int k) {
    double bytes = (double) n * k * Float.BYTES;
    return Math.max((double) m * n * k / FLOATS, stream(bytes));
  }

  private static double tiles(long m, int n, int k, long split, int parts) {
    double panels = Math.ceilDiv(n, MachineKernels.WIDTH);
    double depth = Math.ceilDiv(k, SplitCode.STEP) * (double) SplitCode.STEP;
    double columns = panels * MachineKernels.WIDTH;
    double bytes = columns * depth * parts * Short.BYTES;
    double products = m * columns * depth * PRODUCTS[parts - 1] / TILES[parts - 1];
    return split * SPLIT
        + Math.hypot(products, stream(bytes)) // neither hides all of the other
        + panels * Math.ceilDiv(m, 32) * ENDING;
  }

  private static double stream(double bytes) {
    return bytes > NEAR ? bytes / BYTES : 0;
  }
}
