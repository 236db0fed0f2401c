package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The left operand of a product, row by row: a matrix, or the pixels that a convolution's kernel
 * meets. All numbers are in elements. Thread-safe.
 */
public interface LeftRows {

  /**
   * Copies part of a row: {@code to[toOffset + i] = A[row, from + i]} for i &lt; n.
   *
   * @param offset where A begins: an index into what holds it
   */
  void copy(long offset, int row, int from, int n, MemorySegment to, long toOffset);
}
