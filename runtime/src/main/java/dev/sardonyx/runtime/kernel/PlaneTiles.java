package dev.sardonyx.runtime.kernel;

/** Sums of some pixels by the columns of a panel, for a set that has them. */
interface PlaneTiles {
  /** Pixels of a tile. */
  int pixels();

  /**
   * {@code to[even + i] = line[at + 2 * i]} and {@code to[odd + i] = line[at + 2 * i + 1]} for i
   * &lt; n.
   */
  void split(int n, float[] line, int at, float[] to, int even, int odd);

  /**
   * {@code sums[to + p * width + j] = sum over i < k of from[places[first + i] + at + p] * panel[i
   * * width + j]} with the thread's arrays.
   *
   * @param at the first pixel behind the place of each tap; pixels beyond the last are computed and
   *     not used
   */
  void sums(int k, HotArrays arrays, float[] from, int[] places, int first, int at, int to);
}
