package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The block operations in which the kernel sets differ; matrix products and convolutions share the
 * rest.
 */
interface BlockOperations {

  /** Columns of a panel. */
  int panelWidth();

  /** An element. */
  double get(MemorySegment from, long index);

  /** Writes an element, rounded. */
  void set(MemorySegment to, long index, double value);

  /** C = A * B for a block of rows and whole panels; the last panel may have columns beyond n. */
  void product(
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panels,
      long panelsOffset,
      MemorySegment c,
      long cOffset,
      int ldc);

  /** Applies the epilogue to a block of C whose bias begins at {@code biasOffset}. */
  void finish(
      int m, int n, MemorySegment c, long cOffset, int ldc, Epilogue epilogue, long biasOffset);

  /** to[toOffset + i] = from[fromOffset + i * fromStep] for i &lt; n. */
  void copy(
      int n, MemorySegment from, long fromOffset, int fromStep, MemorySegment to, long toOffset);

  /** to[toOffset + i] = 0 for i &lt; n. */
  void clear(int n, MemorySegment to, long toOffset);

  /** y[yOffset + i] = max(y[yOffset + i], x[xOffset + i * xStep]) for i &lt; n; NaN wins. */
  void maximum(int n, MemorySegment x, long xOffset, int xStep, MemorySegment y, long yOffset);

  /** y[yOffset + i] += factor * x[xOffset + i * xStep] for i &lt; n, fused. */
  void multiplyAdd(
      int n,
      double factor,
      MemorySegment x,
      long xOffset,
      int xStep,
      MemorySegment y,
      long yOffset);
}
