package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The right operand of an {@link IntegerProduct}: numbers of 8 bits with a sign, in panels of
 * {@link #WIDTH} columns, of which {@link #GROUP} elements of k lie together: {@code [ceil(n /
 * WIDTH)][k / GROUP][WIDTH][GROUP]}. Columns beyond n are zero.
 *
 * @param k a multiple of GROUP
 */
public record IntegerPanels(MemorySegment values, int k, int n) {
  /** Columns of a panel. */
  public static final int WIDTH = 32;

  /** Products that processors sum at once. */
  public static final int GROUP = 4;

  /** The size in bytes. */
  public static long bytes(int k, int n) {
    return (long) columns(n) * k;
  }

  /** Columns with those beyond n. */
  public static int columns(int n) {
    return Math.multiplyExact(Math.ceilDiv(n, WIDTH), WIDTH);
  }

  /** Where an element is. */
  public long at(int i, int column) {
    long panel = (long) (column / WIDTH) * k * WIDTH;
    return panel + (long) (i / GROUP) * WIDTH * GROUP + column % WIDTH * GROUP + i % GROUP;
  }
}
