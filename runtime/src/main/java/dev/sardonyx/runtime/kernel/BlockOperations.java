package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.MemorySegment;

/**
 * The block operations in which the kernel sets differ; matrix products and convolutions share the
 * rest.
 */
interface BlockOperations extends RowCopies.Target {

  /** Columns of a panel. */
  int panelWidth();

  /** The tallest tile, in rows. */
  int tallest();

  /** The height of the next tile where so many rows are left; it may be more than those. */
  int height(int left);

  /** How many panels so few rows take at a time where so many are left. */
  int panelsTogether(int rows, int left);

  /** Memory of the thread for a block of rows. */
  MemorySegment rows(HotArrays arrays, int elements);

  /** Makes room for sums. */
  void requireSums(HotArrays arrays, int elements);

  /** Sets sums from one on, with rows of a pitch, to a part of C. */
  void loadSums(
      int rows,
      int columns,
      int pitch,
      HotArrays arrays,
      int to,
      MemorySegment c,
      long cAt,
      int ldc);

  /** Makes a panel the one that tiles meet, as a set wants it. */
  void read(int k, HotArrays arrays, MemorySegment panels, long panel);

  /**
   * Adds to the sums the products of rows and the panel that was read last.
   *
   * @param anew whether there are no sums yet to add to; here and below
   * @param height rows, as {@link #height} says; those beyond the last are computed and not used
   * @param k elements, at most {@link Products#K_BLOCK}
   * @param at the first row in the block of rows; rows are {@link Products#PITCH} apart
   * @param panel where it begins at this block of k
   * @param ahead what may be touched, since it is read next: a line for each element of k, in
   *     {@link Products#STRIPES} stripes
   * @param stripe elements from a stripe to the next; 0 for nothing to touch
   * @param to where its sums begin; they are a panel's width apart
   */
  void tile(
      boolean anew,
      int height,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long ahead,
      int stripe,
      int to);

  /** The same with the panel that was widened last. */
  void tile(boolean anew, int height, int k, HotArrays arrays, int at, int to);

  /**
   * Adds to the sums the products of rows, no more than {@link #tallest}, and panels, side by side.
   *
   * @param together panels: what {@link #panelsTogether} says, or 1
   * @param panelPitch elements from a panel to the next
   * @param to where their sums begin
   */
  void fewRows(
      boolean anew,
      int rows,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long panelPitch,
      int to);

  /** How many panels in a storage so few rows take at a time where there are so many. */
  int panelsTogether(int rows, WeightStorage storage);

  /**
   * Makes a panel in a narrow storage the one that {@link #tile} meets.
   *
   * @param panelPitch elements from a panel to the next
   */
  void widen(int k, HotArrays arrays, StoredPanels panels, long panel, long panelPitch);

  /** {@link #fewRows} on panels in a narrow storage. */
  void fewRows(
      boolean anew,
      int rows,
      int together,
      int k,
      HotArrays arrays,
      int at,
      StoredPanels panels,
      long panel,
      long panelPitch);

  /** Multiplies sums, whose rows have a pitch, by factors of the columns. */
  void scaleSums(
      int rows, int pitch, HotArrays arrays, int from, MemorySegment scales, long scalesAt);

  /** C = epilogue(sums), whose rows have a pitch. */
  default void finishSums(
      int rows,
      int columns,
      int pitch,
      HotArrays arrays,
      MemorySegment c,
      long cAt,
      int ldc,
      Epilogue epilogue,
      long biasAt) {
    finishPanels(rows, columns, pitch, panelWidth(), arrays, 0, c, cAt, ldc, epilogue, biasAt);
  }

  /**
   * The same of sums that lie panel by panel.
   *
   * @param pitch from a row to the next
   * @param panelPitch from a panel to the next
   * @param from where the sums begin
   */
  void finishPanels(
      int rows,
      int columns,
      int pitch,
      int panelPitch,
      HotArrays arrays,
      int from,
      MemorySegment c,
      long cAt,
      int ldc,
      Epilogue epilogue,
      long biasAt);

  /** An element. */
  double get(MemorySegment from, long index);

  /** Writes an element, rounded. */
  void set(MemorySegment to, long index, double value);

  /** to[toOffset + i] = from[fromOffset + i * fromStep] for i &lt; n. */
  void copy(
      int n, MemorySegment from, long fromOffset, long fromStep, MemorySegment to, long toOffset);

  /** to[toOffset + i] = 0 for i &lt; n. */
  void clear(int n, MemorySegment to, long toOffset);

  /** Sets the first sums to a value. */
  void fillSums(HotArrays arrays, int elements, double value);

  /**
   * sums[to + p * n + i] += x[place of t + p * xStep + i] * weights[weight of t + i] for each pixel
   * p, channel i and t of the thread's {@link HotArrays#taps}.
   */
  void addWeightedTaps(
      int pixels,
      int n,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      HotArrays arrays,
      int to);

  /** The same without weights. */
  void addTaps(int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to);

  /** The largest instead of the sum; NaN wins. */
  void maximumOfTaps(int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to);

  /** Divides sums from one on. */
  void divideSums(int elements, long divisor, HotArrays arrays, int to);
}
