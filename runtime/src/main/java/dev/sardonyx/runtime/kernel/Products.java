package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Products of matrices over the tiles of a kernel set: rows of A are copied, a block at a time,
 * into an array that stays in the L2 cache and whose row pitch is a constant of the tiles' code;
 * then each panel of B is copied, a block of k at a time, and passes by the rows. Sums run over k
 * in the same order whatever the tile, so that no result depends on how a product is cut.
 */
final class Products {

  /** Elements of a row that lie together. */
  static final int K_BLOCK = 256;

  /** From a row to the next: not a power of two, or rows would share the sets of a cache. */
  static final int PITCH = K_BLOCK + 16;

  /** Elements of a block of rows: 1 MiB of floats, half of the L2 cache of a large core. */
  private static final int BLOCK_ELEMENTS = 1 << 18;

  /** Rows of a block: enough to make up for reading a panel. */
  static final int MOST_ROWS = 112;

  /** Elements of a row that are copied at a time. */
  private static final int MOST_DEPTH = 64 * K_BLOCK;

  private final BlockOperations blocks;

  Products(BlockOperations blocks) {
    this.blocks = blocks;
  }

  /** Rows and columns of C; columns begin at a whole panel. */
  void multiply(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    int deepest = Math.clamp(product.k(), 1, MOST_DEPTH);
    int kBlocks = Math.ceilDiv(deepest, K_BLOCK);
    int most = Math.clamp(BLOCK_ELEMENTS / ((long) kBlocks * PITCH), 1, MOST_ROWS);
    int rows = toRow - fromRow;
    int count = Math.ceilDiv(rows, most);
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromRow + (int) ((long) rows * i / count);
      int to = fromRow + (int) ((long) rows * (i + 1) / count);
      int pitch = Math.ceilDiv(to - from, blocks.tallest()) * blocks.tallest() * PITCH;
      MemorySegment block = blocks.rows(arrays, kBlocks * pitch);
      int depth = 0;
      do {
        int k = Math.min(deepest, product.k() - depth);
        copy(product, aOffset, from, to, depth, k, block, pitch);
        var part = new Part(from, to, fromColumn, toColumn, depth, k, pitch);
        sweep(product, panelsOffset, cOffset, part, arrays);
        depth += k;
      } while (depth < product.k());
    }
  }

  /**
   * Rows and columns of C, and elements of A's rows and B's columns that are summed.
   *
   * @param pitch from a block of k to the next where A's rows were copied to
   */
  private record Part(
      int fromRow, int toRow, int fromColumn, int toColumn, int depth, int k, int pitch) {}

  /** Rows of A, {@code [k block][row][PITCH]}. */
  private static void copy(
      Product product,
      long aOffset,
      int fromRow,
      int toRow,
      int depth,
      int k,
      MemorySegment block,
      int pitch) {
    for (int row = fromRow; row < toRow; row++) {
      for (int at = 0; at < k; at += K_BLOCK) {
        int n = Math.min(K_BLOCK, k - at);
        long target = (long) at / K_BLOCK * pitch + (long) (row - fromRow) * PITCH;
        product.a().copy(aOffset, row, depth + at, n, block, target);
      }
    }
  }

  private void sweep(
      Product product, long panelsOffset, long cOffset, Part part, HotArrays arrays) {
    int width = blocks.panelWidth();
    int rows = part.toRow - part.fromRow;
    int together = rows == 1 ? blocks.panelsOfOneRow() : 1;
    int column = part.fromColumn;
    while (column < part.toColumn) {
      Cancellation.poll();
      int panels = part.toColumn - column >= together * width ? together : 1;
      int columns = Math.min(panels * width, part.toColumn - column);
      long panel = panelsOffset + (long) column * product.k() + (long) part.depth * width;
      long to = cOffset + (long) part.fromRow * product.ldc() + column;
      int pitch = panels * width;
      if (part.depth == 0) {
        blocks.clearSums(arrays, rows * pitch);
      } else {
        blocks.loadSums(rows, columns, pitch, arrays, product.c(), to, product.ldc());
      }
      if (panels > 1) {
        oneRow(product, panel, part, arrays);
      } else {
        tiles(product, panel, part, arrays);
      }
      boolean last = part.depth + part.k == product.k();
      Epilogue epilogue = last ? product.epilogue() : Epilogue.NONE;
      blocks.finishSums(
          rows, columns, pitch, arrays, product.c(), to, product.ldc(), epilogue, column);
      column += columns;
    }
  }

  private void oneRow(Product product, long panel, Part part, HotArrays arrays) {
    int width = blocks.panelWidth();
    for (int from = 0; from < part.k; from += K_BLOCK) {
      int k = Math.min(K_BLOCK, part.k - from);
      int at = from / K_BLOCK * part.pitch;
      long b = panel + (long) from * width;
      blocks.oneRow(k, arrays, at, product.panels(), b, (long) product.k() * width);
    }
  }

  private void tiles(Product product, long panel, Part part, HotArrays arrays) {
    int width = blocks.panelWidth();
    int rows = part.toRow - part.fromRow;
    for (int from = 0; from < part.k; from += K_BLOCK) {
      int k = Math.min(K_BLOCK, part.k - from);
      blocks.loadPanel(arrays, k, product.panels(), panel + (long) from * width);
      int block = from / K_BLOCK * part.pitch;
      int row = 0;
      while (row < rows) {
        int height = blocks.height(rows - row);
        blocks.tile(height, k, arrays, block + row * PITCH, row * width);
        row += height;
      }
    }
  }
}
