package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A product of matrices, or a stack of such, made ready: C (m x n) = epilogue(A * B).
 *
 * @param a the left operand, m x k
 * @param panels the right operand, k x n, packed ({@link Kernels#packPanels}, {@link PanelStoring})
 * @param ldc elements from a row of C to the next
 * @param ends the epilogue, as a whole and in parts of k: its bias, if any, has one value per
 *     column; its residual is read where C is written
 */
public record Product(
    int n, int k, LeftRows a, StoredPanels panels, MemorySegment c, int ldc, Ends ends) {

  /**
   * What happens to C after some elements of k, made once, so that runs allocate nothing. A
   * residual goes with the first of them: it may lie in C, where the sums so far lie afterwards.
   * Sums that are scaled are added to those before as a residual.
   */
  record Ends(Epilogue whole, Epilogue first, Epilogue between, Epilogue last) {
    static Ends of(Epilogue whole, StoredPanels panels, MemorySegment c) {
      Epilogue last = whole.withoutResidual();
      return panels.isScaled()
          ? new Ends(
              whole, whole.residualAlone(), Epilogue.NONE.withResidual(c), last.withResidual(c))
          : new Ends(whole, whole.residualAlone(), Epilogue.NONE, last);
    }
  }

  /** With an epilogue. */
  public Product(
      int n, int k, LeftRows a, StoredPanels panels, MemorySegment c, int ldc, Epilogue epilogue) {
    this(n, k, a, panels, c, ldc, Ends.of(epilogue, panels, c));
  }

  /** With panels in the kernels' own type. */
  public Product(
      int n, int k, LeftRows a, MemorySegment panels, MemorySegment c, int ldc, Epilogue epilogue) {
    this(n, k, a, StoredPanels.plain(panels), c, ldc, epilogue);
  }

  /** What happens to C at the end of k. */
  public Epilogue epilogue() {
    return ends.whole();
  }

  /**
   * What happens to C after some elements of k, where these are computed part by part.
   *
   * @param depth the first of the elements
   * @param elements their number, 1 or more unless k is 0
   */
  public Epilogue epilogue(int depth, int elements) {
    boolean last = depth + elements == k;
    if (depth == 0) {
      return last ? ends.whole() : ends.first();
    }
    return last ? ends.last() : ends.between();
  }
}
