package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Packs and blocks matrix products over the block operations of a kernel set. */
final class Gemm {

  /**
   * A block of A: stays in L2 while the panels of a group pass by. A multiple of all tile heights.
   */
  private static final int ROWS = 96;

  /**
   * Panels per group: enough independent sums for a single row, few enough that C stays in L1/L2.
   */
  private static final int PANELS = 4;

  /** Products between two polls: a millisecond once the kernel is compiled. */
  private static final long WORK = 1 << 26;

  /** A multiple of all tile heights, of which there are few. */
  private static final int TILE = 12;

  private final BlockOperations blocks;

  Gemm(BlockOperations blocks) {
    this.blocks = blocks;
  }

  void pack(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long panelsOffset) {
    int width = blocks.panelWidth();
    int step = Cancellation.EVERY / width;
    long left = Cancellation.EVERY;
    for (int column = 0; column < n; column += width) {
      int columns = Math.min(width, n - column);
      for (int row = 0; row < k; row += Math.min(step, k - row)) {
        int rows = Math.min(step, k - row);
        left = Cancellation.spend(left, (long) rows * width);
        long from = bOffset + column * columnStride + row * rowStride;
        long to = panelsOffset + (long) column * k + (long) row * width;
        if (columnStride == 1) {
          packRows(b, from, rows, columns, rowStride, panels, to);
        } else {
          packColumns(b, from, rows, columns, rowStride, columnStride, panels, to);
        }
      }
    }
  }

  private void packRows(
      MemorySegment b,
      long from,
      int k,
      int columns,
      long rowStride,
      MemorySegment panels,
      long to) {
    int width = blocks.panelWidth();
    for (int i = 0; i < k; i++) {
      long row = to + (long) i * width;
      blocks.copy(columns, b, from + i * rowStride, 1, panels, row);
      blocks.clear(width - columns, panels, row + columns);
    }
  }

  private void packColumns(
      MemorySegment b,
      long from,
      int k,
      int columns,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long to) {
    int width = blocks.panelWidth();
    for (int j = 0; j < width; j++) {
      long column = from + j * columnStride;
      for (int i = 0; i < k; i++) {
        double value = j < columns ? blocks.get(b, column + i * rowStride) : 0;
        blocks.set(panels, to + (long) i * width + j, value);
      }
    }
  }

  void multiply(
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
      int ldc,
      Epilogue epilogue,
      long biasOffset) {
    int width = blocks.panelWidth();
    boolean perRow = epilogue.axis() == Epilogue.BiasAxis.PER_ROW;
    // Panel by panel goes through memory as a group does; fewer rows would read panels more often.
    int block = Math.clamp(WORK / ((long) width * k + 1) / TILE * TILE, TILE, ROWS);
    long grouped = (long) Math.min(m, block) * PANELS * width * k;
    int group = grouped > WORK / PANELS ? width : PANELS * width;
    for (int row = 0; row < m; row += Math.min(block, m - row)) {
      int rows = Math.min(block, m - row);
      long aBlock = aOffset + (long) row * lda;
      for (int column = 0; column < n; column += group) {
        int columns = Math.min(group, n - column);
        Cancellation.poll();
        long panel = panelsOffset + (long) column * k;
        long cBlock = cOffset + (long) row * ldc + column;
        blocks.product(rows, columns, k, a, aBlock, lda, panels, panel, c, cBlock, ldc);
        if (!epilogue.isNone()) {
          long bias = biasOffset + (perRow ? row : column);
          blocks.finish(rows, columns, c, cBlock, ldc, epilogue, bias);
        }
      }
    }
  }
}
