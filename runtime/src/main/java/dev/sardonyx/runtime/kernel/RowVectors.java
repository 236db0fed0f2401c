package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Products of vectors and matrices that are read as they lie, in plain loops. */
final class RowVectors {
  private RowVectors() {}

  /** See {@link Kernels#dotRows}. */
  static void dots(
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
    for (int c = 0; c < count; c++) {
      for (int row = 0; row < rows; row++) {
        Cancellation.poll();
        long from = aOffset + c * aStep + row * pitch;
        float sum = 0;
        for (int i = 0; i < columns; i++) {
          Cancellation.pollAt(i);
          float factor = x.getAtIndex(JAVA_FLOAT_UNALIGNED, xOffset + c * xStep + i);
          sum = Math.fma(factor, a.getAtIndex(JAVA_FLOAT_UNALIGNED, from + i), sum);
        }
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, yOffset + c * yStep + row, sum);
      }
    }
  }

  /** See {@link Kernels#sumRows}. */
  static void sums(
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
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < columns; i++) {
        Cancellation.poll();
        long from = aOffset + c * aStep + i;
        float sum = 0;
        for (int row = 0; row < rows; row++) {
          Cancellation.pollAt(row);
          float factor = x.getAtIndex(JAVA_FLOAT_UNALIGNED, xOffset + c * xStep + row);
          sum = Math.fma(factor, a.getAtIndex(JAVA_FLOAT_UNALIGNED, from + row * pitch), sum);
        }
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, yOffset + c * yStep + i, sum);
      }
    }
  }
}
