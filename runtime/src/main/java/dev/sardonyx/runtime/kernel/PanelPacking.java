package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Packs right operands of products over the block operations of a kernel set. */
final class PanelPacking {

  private final BlockOperations blocks;

  PanelPacking(BlockOperations blocks) {
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
        packRows(b, from, rows, columns, rowStride, columnStride, panels, to);
      }
    }
  }

  private void packRows(
      MemorySegment b,
      long from,
      int k,
      int columns,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long to) {
    int width = blocks.panelWidth();
    for (int i = 0; i < k; i++) {
      long row = to + (long) i * width;
      blocks.copy(columns, b, from + i * rowStride, columnStride, panels, row);
      if (columns < width) {
        blocks.clear(width - columns, panels, row + columns);
      }
    }
  }
}
