package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/**
 * Products of matrices by the tiles of AMX: of floats as sums of numbers of bfloat16. Rows that
 * have a number without parts are left to the products of floats: each row for itself, so that it
 * does not matter how a product is cut.
 */
final class MachineTiles {
  /** Rows of a tile. */
  private static final int TALLEST = 16;

  /** Rows of a block at most, which end tiles. */
  static final int MOST_ROWS = 256;

  /** Bytes of a block's parts: the second cache has 2 MiB where there are tiles. */
  private static final long MOST_BYTES = 3 << 19;

  /** Multiplications in a call: less than a millisecond of them. */
  static final long MOST_WORK = 1 << 25;

  /** Where things lie in memory: whether any row is flagged, the flags, sums of a block, sums. */
  static final int FLAGS = SplitCode.TILE_ROW;

  static final int MORE_SUMS = FLAGS + MOST_ROWS * Integer.BYTES;
  static final int SUMS = MORE_SUMS + 2 * TileProductCode.SUM_BYTES;
  static final int SUMS_END = SUMS + MOST_ROWS / TALLEST * TileProductCode.SUM_BYTES;

  private final CodeLibrary library;
  private final MachineProducts products;
  private final LongVectors vectors = new LongVectors();
  private final TileShapes shapes = new TileShapes();
  private final CodeTable codes;
  private final CodeTable splits;
  private final Trials trials;
  private final TilePixels pixels;

  /**
   * Products by tiles.
   *
   * @param products computes what has no parts
   */
  MachineTiles(CodeLibrary library, MachineProducts products, TilePacking packing) {
    this.library = library;
    this.products = products;
    this.trials = new Trials(new TileTrial(this, packing));
    this.codes =
        library.table(
            TileShape.COUNT,
            number -> {
              TileShape shape = TileShape.of(number);
              return MachineCode.install(shape, TileProductCode.write(shape));
            });
    this.splits =
        library.table(
            TileShape.MOST_PARTS,
            number ->
                MachineCode.install(
                    "parts of rows: " + (number + 1), SplitCode.ofRows(number + 1)));
    this.pixels = new TilePixels(library, shapes, codes, this);
  }

  /** Whether a product has parts, which these kernels have made. */
  static boolean takes(Product product) {
    return product.panels().split().isThere()
        && product.panels().split().values().isNative()
        && MachineProducts.takes(product);
  }

  /** Tries the code. */
  Trials trials() {
    return trials;
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
    boolean copies = product.a() instanceof PixelRows;
    if (product.k() == 0
        || (copies && !products.canCopy())
        || !trials.pass(number(product, false))) {
      products.multiply(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    } else if (TilePixels.takes(product) && trials.pass(number(product, true))) {
      pixels.compute(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    } else {
      compute(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    }
  }

  /** Products of pixels where they lie. */
  TilePixels pixels() {
    return pixels;
  }

  /** The code of a product, of pixels where they lie or of rows. */
  static int number(Product product, boolean pixels) {
    Epilogue end = product.epilogue();
    return TileShape.number(
        pixels,
        product.panels().split().parts(),
        end.bias() != null,
        end.residual() != null,
        Calls.ending(end.activation()));
  }

  /** The same without a trial before; k is not 0. */
  void compute(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    int rows = toRow - fromRow;
    long rowBytes = tilePitch(product) / TALLEST;
    int most = Math.clamp(MOST_BYTES / rowBytes, 2 * TALLEST, MOST_ROWS);
    int blocks = Math.ceilDiv(rows, most);
    for (int i = 0; i < blocks; i++) { // of nearly one size
      int from = fromRow + (int) ((long) rows * i / blocks);
      int to = fromRow + (int) ((long) rows * (i + 1) / blocks);
      MemorySegment memory = arrays.memory(HotArrays.Slot.TILES, SUMS_END);
      split(product, aOffset, from, to, memory, arrays);
      tiles(product, panelsOffset, cOffset, from, to, fromColumn, toColumn, memory, arrays);
      if (memory.get(JAVA_INT, 0) != 0) {
        flagged(product, aOffset, panelsOffset, cOffset, from, to, fromColumn, toColumn, arrays);
      }
    }
  }

  private static int steps(Product product) {
    return Math.ceilDiv(product.k(), SplitCode.STEP);
  }

  private static long tilePitch(Product product) {
    return (long) steps(product) * product.panels().split().parts() * SplitCode.TILE_BYTES;
  }

  private static MemorySegment parts(Product product, int rows, HotArrays arrays) {
    long bytes = Math.ceilDiv(rows, TALLEST) * tilePitch(product);
    return arrays.memory(HotArrays.Slot.PARTS, bytes);
  }

  /** Splits a block of rows: a matrix as it lies, pixels from copies of parts of k. */
  private void split(
      Product product, long aOffset, int from, int to, MemorySegment flags, HotArrays arrays) {
    MemorySegment parts = parts(product, to - from, arrays);
    switch (product.a()) {
      case MatrixRows matrix ->
          split(
              product,
              matrix.a(),
              (aOffset + from * matrix.pitch()) * Float.BYTES,
              matrix.pitch() * Float.BYTES,
              to - from,
              0,
              product.k(),
              parts,
              flags);
      case PixelRows pixels -> {
        MemorySegment rows = products.rowTarget().rows(arrays, to - from);
        for (int depth = 0; depth < product.k(); depth += RowTarget.MOST_DEPTH) {
          Cancellation.poll();
          int k = Math.min(RowTarget.MOST_DEPTH, product.k() - depth);
          products.copy(pixels, aOffset, from, to, depth, k, arrays);
          long pitch = (long) RowTarget.PITCH * Float.BYTES;
          split(product, rows, 0, pitch, to - from, depth, k, parts, flags);
        }
      }
    }
  }

  /** Splits some elements of k of rows, whose first tiles have a row more where they differ. */
  private void split(
      Product product,
      MemorySegment x,
      long first,
      long pitch,
      int rows,
      int depth,
      int k,
      MemorySegment parts,
      MemorySegment flags) {
    int tiles = Math.ceilDiv(rows, TALLEST);
    int height = Math.ceilDiv(rows, tiles);
    int low = tiles * height - rows;
    int count = product.panels().split().parts();
    long tilePitch = tilePitch(product);
    long to = (long) depth / SplitCode.STEP * count * SplitCode.TILE_BYTES;
    for (int part = 0; part < 2; part++) { // tall tiles and low ones
      int some = part == 0 ? tiles - low : low;
      if (some > 0) {
        int of = height - part;
        int row = part == 0 ? 0 : (tiles - low) * height;
        long bytes = (long) Math.ceilDiv(k, SplitCode.STEP) * count * SplitCode.TILE_BYTES;
        library
            .arguments()
            .reads(x, first + row * pitch, ((long) some * of - 1) * pitch + (long) k * Float.BYTES)
            .number(pitch)
            .number(of)
            .number(some)
            .writes(
                parts,
                to + (part == 0 ? 0 : (tiles - low) * tilePitch),
                (some - 1) * tilePitch + bytes)
            .number(tilePitch)
            .number(k / SplitCode.STEP)
            .number((1L << k % SplitCode.STEP) - 1)
            .writes(flags, FLAGS + (long) row * Integer.BYTES, (long) some * of * Integer.BYTES)
            .number(depth == 0 ? 0L : -1L)
            .writes(flags, 0, Integer.BYTES)
            .number(depth == 0 && part == 0 ? 0L : -1L)
            .call(splits.get(count - 1));
      }
    }
  }

  /** Multiplies a block of rows whose parts are there. */
  private void tiles(
      Product product,
      long panelsOffset,
      long cOffset,
      int from,
      int to,
      int fromColumn,
      int toColumn,
      MemorySegment memory,
      HotArrays arrays) {
    int width = MachineKernels.WIDTH;
    MemorySegment parts = parts(product, to - from, arrays);
    long work = (long) (to - from) * product.k() * width;
    int most = (int) Math.max(1, MOST_WORK / work);
    for (int column = fromColumn; column < toColumn; column += most * width) {
      Cancellation.poll();
      int end = (int) Math.min(toColumn, column + (long) most * width);
      call(product, parts, panelsOffset, cOffset, from, to, column, end, memory);
    }
  }

  private void call(
      Product product,
      MemorySegment parts,
      long panelsOffset,
      long cOffset,
      int from,
      int to,
      int fromColumn,
      int toColumn,
      MemorySegment memory) {
    Epilogue end = product.epilogue();
    int width = MachineKernels.WIDTH;
    int rows = to - from;
    int tiles = Math.ceilDiv(rows, TALLEST);
    int height = Math.ceilDiv(rows, tiles);
    int columns = toColumn - fromColumn;
    int count = Math.ceilDiv(columns, width);
    long tilePitch = tilePitch(product);
    long panel = panelsOffset / ((long) product.k() * width) + fromColumn / width;
    long c = (cOffset + (long) from * product.ldc() + fromColumn) * Float.BYTES;
    long cBytes = ((rows - 1L) * product.ldc() + columns) * Float.BYTES;
    Arguments arguments = library.arguments();
    arguments
        .reads(parts, 0, tiles * tilePitch)
        .number(tilePitch)
        .nothing()
        .reads(product.panels().split().values(), panel * 2 * tilePitch, count * 2 * tilePitch)
        .number(2 * tilePitch)
        .number(steps(product))
        .reads(shapes.memory(), shapes.of(height), TileShapes.BYTES)
        .writes(memory, SUMS, (long) tiles * TileProductCode.SUM_BYTES)
        .writes(memory, MORE_SUMS, 2 * TileProductCode.SUM_BYTES)
        .number(tiles)
        .number(height)
        .number(tiles - (tiles * height - rows))
        .reads(memory, FLAGS, (long) rows * Integer.BYTES)
        .writes(product.c(), c, cBytes)
        .number((long) product.ldc() * Float.BYTES);
    Calls.reads(
        arguments, end.bias(), (long) fromColumn * Float.BYTES, (long) columns * Float.BYTES);
    Calls.reads(arguments, end.residual(), c, cBytes);
    arguments.number(end.low()).number(end.high()).number(count);
    vectors.giveLanes(arguments, columns - (count - 1) * width);
    arguments.call(codes.get(number(product, false)));
  }

  /** Leaves the rows that have no parts to the products of floats. */
  private void flagged(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int from,
      int to,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    MemorySegment memory = arrays.memory(HotArrays.Slot.TILES, SUMS_END);
    int row = from;
    while (row < to) {
      int first = row;
      while (row < to && memory.get(JAVA_INT, FLAGS + (row - from) * (long) Integer.BYTES) != 0) {
        row++;
      }
      if (row > first) {
        products.multiply(
            product, aOffset, panelsOffset, cOffset, first, row, fromColumn, toColumn, arrays);
      }
      row++;
    }
  }
}
