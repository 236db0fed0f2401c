package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What attention takes besides products and softmax; offsets and strides are in elements. */
public interface AttentionKernels {

  /**
   * What softmax is taken of in attention, in place: {@code scores * factor + mask}, rounded twice,
   * and minus infinity is added for keys that a query may not see. The query of row r sees the keys
   * from {@code from + r * fromStep} on that are below {@code to + r * toStep} and below {@code
   * most}; any of these may lie outside the row.
   *
   * @param scores (rows, n)
   * @param mask added to the keys that are seen, row r of it at {@code maskOffset + r * maskPitch};
   *     or null for none
   * @param truth whether the mask has bytes instead of floats, of which 0 stands for minus infinity
   *     and all others for 0
   * @param maskPitch 0, or what lies between rows that are as long as {@code most}, or n
   * @param blind one long for each row becomes 1 where a query sees no key, not even one at minus
   *     infinity, else 0
   */
  default void maskKeys(
      MemorySegment scores,
      int rows,
      int n,
      float factor,
      @Nullable MemorySegment mask,
      boolean truth,
      long maskOffset,
      long maskPitch,
      int from,
      int fromStep,
      int to,
      int toStep,
      int most,
      MemorySegment blind) {
    MaskedKeys.mask(
        scores,
        rows,
        n,
        factor,
        mask,
        truth,
        maskOffset,
        maskPitch,
        from,
        fromStep,
        to,
        toStep,
        most,
        blind);
  }

  /** Rows (rows, n) whose long is not 0 become zeros. */
  default void clearRows(MemorySegment flags, MemorySegment x, int rows, int n) {
    MaskedKeys.clear(flags, x, rows, n);
  }

  /** Whether {@link #dotRows} and {@link #sumRows} are faster than products of one row. */
  default boolean hasRowVectors() {
    return false;
  }

  /**
   * Products of rows of matrices and a vector, for a stack of them: y[c, i] is the sum over j of
   * {@code x[xOffset + c * xStep + j] * a[aOffset + c * aStep + i * pitch + j]}, at {@code yOffset
   * + c * yStep + i}. The matrices are read as they lie, once. What rows a matrix has besides does
   * not change any bit of an element.
   */
  default void dotRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    RowVectors.dots(
        x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
  }

  /**
   * Sums of the rows of matrices, each with a factor, for a stack of them: y[c, j] is the sum over
   * i of {@code x[xOffset + c * xStep + i] * a[aOffset + c * aStep + i * pitch + j]}, at {@code
   * yOffset + c * yStep + j}. What columns a matrix has besides does not change any bit of an
   * element.
   */
  default void sumRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    RowVectors.sums(
        x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
  }
}
