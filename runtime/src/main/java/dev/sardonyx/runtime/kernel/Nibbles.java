package dev.sardonyx.runtime.kernel;

/**
 * Whole numbers of four bits, from -8 to 7, for groups of weights that each have a scale in
 * bfloat16. The weight of the largest magnitude becomes -8, whatever its sign: that is where the
 * numbers reach furthest. Their products with a scale are floats, to the bit.
 */
public final class Nibbles {
  /** Weights of a group: rows of a panel that follow each other, in a column. */
  public static final int GROUP = 32;

  private static final int LEAST = -8;
  private static final int MOST = 7;

  private Nibbles() {}

  /** The groups of so many rows; the last may be short. */
  public static int groups(int k) {
    return Math.ceilDiv(k, GROUP);
  }

  /** The scale of the first weights of an array. */
  public static float scale(float[] weights, int count) {
    float largest = 0;
    for (int i = 0; i < count; i++) {
      largest = larger(largest, weights[i]);
    }
    return scale(largest);
  }

  /** The scale of a group by its largest weight. */
  static float scale(float largest) {
    return largest == 0 ? 0 : Float.intBitsToFloat(PanelStoring.bfloat16(largest / LEAST) << 16);
  }

  /** The one of the larger magnitude, or the first. */
  static float larger(float first, float second) {
    return Math.abs(second) > Math.abs(first) ? second : first;
  }

  /** The number of a weight; a group of numbers too small for a scale becomes zeros. */
  static int whole(float weight, float scale) {
    double whole = scale == 0 ? 0 : Math.rint(weight / scale);
    return Math.clamp((long) whole, LEAST, MOST);
  }

  /** Makes floats of a row of a panel, whose halves share its bytes and the scales of its group. */
  static void widen(int half, byte[] row, int from, int[] scales, float[] to, int at) {
    for (int j = 0; j < half; j++) {
      to[at + j] = (row[from + j] << 28 >> 28) * Float.intBitsToFloat(scales[j] << 16);
    }
    for (int j = 0; j < half; j++) {
      to[at + half + j] = (row[from + j] >> 4) * Float.intBitsToFloat(scales[j] & 0xFFFF0000);
    }
  }
}
