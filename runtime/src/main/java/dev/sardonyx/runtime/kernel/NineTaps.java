package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Windows of three by three that move by one, over lines in arrays, and the largest of four
 * elements, for a set that has them.
 */
interface NineTaps {
  /** The taps. */
  int COUNT = 9;

  /** Channels that lie together in a line: {@code [pixel][lanes]}. */
  int lanes();

  /**
   * Copies some channels of the pixels of a line.
   *
   * @param n channels, at most {@link #lanes}; those beyond are set to 0
   * @param step from a pixel to the next in x
   */
  void read(int pixels, int n, MemorySegment x, long from, long step, float[] to, int at);

  /**
   * {@code sums[p * lanes + i] = sum over rows r and j < 3 of lines[rows[r] + (p + j * dilation) *
   * lanes + i] * weights[at + (r * 3 + j) * lanes + i]}.
   *
   * @param rows where each of the three lines begins
   */
  void weighted(
      int pixels, float[] lines, int[] rows, int dilation, float[] weights, int at, float[] sums);

  /**
   * {@code y[to + p * n + i]} is the largest of four elements of x, {@code from + p * step + i} and
   * those right of it, below it and below that one; NaN wins.
   *
   * @param n all channels, no fewer than {@link #lanes}
   * @param right from an element to the one right of it
   * @param down from an element to the one below it
   */
  void largestOfFour(
      int pixels,
      int n,
      MemorySegment x,
      long from,
      long step,
      long right,
      long down,
      MemorySegment y,
      long to);
}
