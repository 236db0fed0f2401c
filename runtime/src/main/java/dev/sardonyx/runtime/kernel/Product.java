package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A product of matrices, or a stack of such, made ready: C (m x n) = epilogue(A * B).
 *
 * @param a the left operand, m x k
 * @param panels the right operand, k x n, packed ({@link Kernels#packPanels}, {@link PanelStoring})
 * @param ldc elements from a row of C to the next
 * @param epilogue its bias, if any, has one value per column; its residual is read where C is
 *     written
 */
public record Product(
    int n, int k, LeftRows a, StoredPanels panels, MemorySegment c, int ldc, Epilogue epilogue) {

  /** With panels in the kernels' own type. */
  public Product(
      int n, int k, LeftRows a, MemorySegment panels, MemorySegment c, int ldc, Epilogue epilogue) {
    this(n, k, a, StoredPanels.plain(panels), c, ldc, epilogue);
  }
}
