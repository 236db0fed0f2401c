package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** The tiles of many rows on one panel after the other, as they lie in memory. */
final class PanelTiles {
  private final BlockOperations blocks;

  PanelTiles(BlockOperations blocks) {
    this.blocks = blocks;
  }

  /**
   * Adds to sums the products of rows and a block of a panel.
   *
   * @param anew whether there are no sums yet to add to
   * @param at the first row in the block of rows
   * @param panel where the block begins
   * @param ahead where the block begins that comes next
   * @param aheadK its elements of k; 0 where none comes
   * @param to where the sums begin
   */
  void add(
      boolean anew,
      int rows,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long ahead,
      int aheadK,
      int to) {
    blocks.read(k, arrays, panels, panel);
    int width = blocks.panelWidth();
    int stripe = aheadK * width / Products.STRIPES / Products.LINE * Products.LINE;
    int each = Math.ceilDiv(k, Products.STRIPES) * Products.LINE;
    int touched = 0;
    int row = 0;
    while (row < rows) {
      int height = blocks.height(rows - row);
      int first = at + row * Products.PITCH;
      int sums = to + row * width;
      if (touched + each <= stripe) {
        long next = ahead + touched;
        blocks.tile(anew, height, k, arrays, first, panels, panel, next, stripe, sums);
        touched += each;
      } else {
        blocks.tile(anew, height, k, arrays, first, panels, panel, panel, 0, sums);
      }
      row += height;
    }
  }
}
