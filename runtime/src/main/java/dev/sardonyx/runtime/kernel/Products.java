package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Products of matrices over the tiles of a kernel set: rows of A are copied, a block at a time,
 * into an array that stays in the L2 cache and whose row pitch is a constant of the tiles' code;
 * then each panel of B, a block of k at a time, meets all rows, and the first of them touch the one
 * that comes next. Sums run over k in the same order whatever the tile, so that no result depends
 * on how a product is cut.
 */
final class Products {

  /** Elements of a row that lie together. */
  static final int K_BLOCK = 256;

  /** From a row to the next: not a power of two, or rows would share the sets of a cache. */
  static final int PITCH = K_BLOCK + 16;

  /** Elements of a block of rows: 1 MiB of floats, half of the L2 cache of a large core. */
  private static final int BLOCK_ELEMENTS = 1 << 18;

  /** Rows of a block: enough to make up for reading a panel. */
  static final int MOST_ROWS = 224;

  /**
   * Panels whose sums are kept until all are there: C is written in runs of some hundred bytes, a
   * row after the other, or each line of it would wait for memory alone.
   */
  private static final int PANELS = 8;

  /** Blocks of k that are copied at a time: what is left of the L2 cache then takes many rows. */
  static final int MOST_DEPTH = 6;

  /** Floats of a line of the caches. */
  static final int LINE = 16;

  /** Stripes in which a panel is touched before its turn. */
  static final int STRIPES = 4;

  private final BlockOperations blocks;
  private final RowCopies copies;
  private final PanelTiles panelTiles;

  Products(BlockOperations blocks) {
    this.blocks = blocks;
    this.copies = new RowCopies(blocks, K_BLOCK, PITCH);
    this.panelTiles = new PanelTiles(blocks);
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
    int kBlocks = Math.max(1, Math.ceilDiv(product.k(), K_BLOCK));
    kBlocks = Math.ceilDiv(kBlocks, Math.ceilDiv(kBlocks, MOST_DEPTH)); // parts of nearly one size
    int deepest = kBlocks * K_BLOCK;
    int most = Math.clamp(BLOCK_ELEMENTS / ((long) kBlocks * PITCH), 1, MOST_ROWS);
    int rows = toRow - fromRow;
    int count = Math.ceilDiv(rows, most);
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromRow + (int) ((long) rows * i / count);
      int to = fromRow + (int) ((long) rows * (i + 1) / count);
      int pitch = Math.ceilDiv(to - from, blocks.tallest()) * blocks.tallest() * PITCH;
      blocks.rows(arrays, kBlocks * pitch);
      int depth = 0;
      do {
        int k = Math.min(deepest, product.k() - depth);
        copies.copy(product.a(), aOffset, from, to, depth, k, pitch, arrays);
        long panels = panelsOffset + (long) depth * blocks.panelWidth();
        long c = cOffset + (long) from * product.ldc();
        Epilogue epilogue = product.epilogue(depth, k);
        sweep(
            product, epilogue, panels, c, to - from, fromColumn, toColumn, depth, k, pitch, arrays);
        depth += k;
      } while (depth < product.k());
    }
  }

  /** Makes room for rows of k elements; from a block of k to the next it is what this returns. */
  int roomForRows(int rows, int k, HotArrays arrays) {
    int pitch = Math.ceilDiv(rows, blocks.tallest()) * blocks.tallest() * PITCH;
    blocks.rows(arrays, Math.max(1, Math.ceilDiv(k, K_BLOCK)) * pitch);
    return pitch;
  }

  /** Copies rows of a product whose k is at most {@link #K_BLOCK}, for {@link #panelSums}. */
  void copyRows(Product product, int fromRow, int toRow, HotArrays arrays) {
    int pitch = roomForRows(toRow - fromRow, product.k(), arrays);
    copies.copy(product.a(), 0, fromRow, toRow, 0, product.k(), pitch, arrays);
  }

  /** Leaves the sums of a panel for rows that were copied, {@code [row][panel width]}. */
  void panelSums(Product product, int column, int rows, HotArrays arrays) {
    blocks.requireSums(arrays, (rows + blocks.tallest()) * blocks.panelWidth());
    boolean last = column + blocks.panelWidth() >= product.n();
    long panel = (long) column * product.k();
    tiles(true, last, product, panel, rows, product.k(), 0, 0, arrays);
  }

  /** Multiplies rows that somebody has left in {@link #roomForRows}, with all of k. */
  void multiplyRows(Product product, long cOffset, int rows, int pitch, HotArrays arrays) {
    int k = product.k();
    sweep(product, product.epilogue(), 0, cOffset, rows, 0, product.n(), 0, k, pitch, arrays);
  }

  /**
   * Adds to all columns what k elements give from a depth on. No object carries the numbers: runs
   * allocate nothing.
   *
   * @param panelsOffset where B begins at that depth
   * @param cOffset where the first of the rows begins
   * @param pitch from a block of k to the next where A's rows were copied to
   */
  private void sweep(
      Product product,
      Epilogue epilogue,
      long panelsOffset,
      long cOffset,
      int rows,
      int fromColumn,
      int toColumn,
      int depth,
      int k,
      int pitch,
      HotArrays arrays) {
    if (rows <= blocks.tallest()) {
      sweepFew(
          product,
          epilogue,
          panelsOffset,
          cOffset,
          rows,
          fromColumn,
          toColumn,
          depth,
          k,
          pitch,
          arrays);
      return;
    }
    int width = blocks.panelWidth();
    int panelPitch = (rows | 1) * width; // odd: panels do not share the sets of a cache
    blocks.requireSums(arrays, PANELS * panelPitch + blocks.tallest() * width);
    int step = PANELS * width;
    boolean anew = depth == 0 || product.panels().isScaled();
    for (int column = fromColumn; column < toColumn; column += step) {
      int end = Math.min(column + step, toColumn);
      for (int at = column; at < end; at += width) {
        Cancellation.poll();
        int sums = (at - column) / width * panelPitch;
        if (!anew) {
          int columns = Math.min(width, end - at);
          blocks.loadSums(
              rows, columns, width, arrays, sums, product.c(), cOffset + at, product.ldc());
        }
        long panel = panelsOffset + (long) at * product.k();
        if (product.panels().isNarrow()) {
          widenedTiles(anew, product, panel, rows, k, pitch, sums, arrays);
        } else {
          boolean last = at + width >= toColumn;
          tiles(anew, last, product, panel, rows, k, pitch, sums, arrays);
        }
        scale(product, panelsOffset, depth, at, rows, width, sums, arrays);
      }
      blocks.finishPanels(
          rows,
          end - column,
          width,
          panelPitch,
          arrays,
          0,
          product.c(),
          cOffset + column,
          product.ldc(),
          epilogue,
          column);
    }
  }

  /** The same of rows so few that each panel meets one tile. */
  private void sweepFew(
      Product product,
      Epilogue epilogue,
      long panelsOffset,
      long cOffset,
      int rows,
      int fromColumn,
      int toColumn,
      int depth,
      int k,
      int pitch,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    StoredPanels stored = product.panels();
    boolean anew = depth == 0 || stored.isScaled();
    int column = fromColumn;
    while (column < toColumn) {
      Cancellation.poll();
      int panels = panelsTogether(stored, rows, Math.ceilDiv(toColumn - column, width));
      int columns = Math.min(panels * width, toColumn - column);
      long panel = panelsOffset + (long) column * product.k();
      long to = cOffset + column;
      int sums = panels * width;
      blocks.requireSums(arrays, (rows + blocks.tallest()) * sums);
      if (!anew) {
        blocks.loadSums(rows, columns, sums, arrays, 0, product.c(), to, product.ldc());
      }
      fewRows(anew, product, panel, rows, panels, k, pitch, arrays);
      scale(product, panelsOffset, depth, column, rows, sums, 0, arrays);
      blocks.finishSums(
          rows, columns, sums, arrays, product.c(), to, product.ldc(), epilogue, column);
      column += columns;
    }
  }

  private int panelsTogether(StoredPanels stored, int rows, int left) {
    if (!stored.isNarrow()) {
      return blocks.panelsTogether(rows, left);
    }
    int most = blocks.panelsTogether(rows, stored.storage());
    return left >= most ? most : 1;
  }

  /** Multiplies sums, whose rows have a pitch, by the scales of their columns, if there are any. */
  private void scale(
      Product product,
      long panelsOffset,
      int depth,
      int column,
      int rows,
      int pitch,
      int sums,
      HotArrays arrays) {
    if (product.panels().isScaled() && product.k() > 0) {
      long first = (panelsOffset - (long) depth * blocks.panelWidth()) / product.k();
      blocks.scaleSums(rows, pitch, arrays, sums, product.panels().scales(), first + column);
    }
  }

  private void fewRows(
      boolean anew,
      Product product,
      long panel,
      int rows,
      int panels,
      int depth,
      int pitch,
      HotArrays arrays) {
    long panelPitch = (long) product.k() * blocks.panelWidth();
    StoredPanels stored = product.panels();
    int from = 0;
    do { // once without any k, for sums of nothing
      int k = Math.min(K_BLOCK, depth - from);
      int at = from / K_BLOCK * pitch;
      long b = panel + (long) from * blocks.panelWidth();
      boolean first = anew && from == 0;
      if (stored.isNarrow()) {
        blocks.fewRows(first, rows, panels, k, arrays, at, stored, b, panelPitch);
      } else {
        blocks.fewRows(first, rows, panels, k, arrays, at, stored.values(), b, panelPitch, 0);
      }
      from += K_BLOCK;
    } while (from < depth);
  }

  /** All of k on one panel, and a look at the next unless it is the last. */
  private void tiles(
      boolean anew,
      boolean isLast,
      Product product,
      long panel,
      int rows,
      int depth,
      int pitch,
      int sums,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    MemorySegment panels = product.panels().values();
    int from = 0;
    do { // once without any k, for sums of nothing
      int k = Math.min(K_BLOCK, depth - from);
      int block = from / K_BLOCK * pitch;
      long b = panel + (long) from * width;
      boolean first = anew && from == 0;
      from += K_BLOCK;
      long ahead = b + (long) k * width;
      int aheadK = Math.min(K_BLOCK, depth - from);
      if (from >= depth) {
        ahead = panel + (long) product.k() * width;
        aheadK = isLast ? 0 : Math.min(K_BLOCK, depth);
      }
      panelTiles.add(first, rows, k, arrays, block, panels, b, ahead, aheadK, sums);
    } while (from < depth);
  }

  private void widenedTiles(
      boolean anew,
      Product product,
      long panel,
      int rows,
      int depth,
      int pitch,
      int sums,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int from = 0;
    do { // once without any k, for sums of nothing
      int k = Math.min(K_BLOCK, depth - from);
      int block = from / K_BLOCK * pitch;
      long panelPitch = (long) product.k() * width;
      blocks.widen(k, arrays, product.panels(), panel + (long) from * width, panelPitch);
      int row = 0;
      while (row < rows) {
        int height = blocks.height(rows - row);
        blocks.tile(anew && from == 0, height, k, arrays, block + row * PITCH, sums + row * width);
        row += height;
      }
      from += K_BLOCK;
    } while (from < depth);
  }
}
