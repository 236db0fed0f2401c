package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Nibbles;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.MemorySegment;
import java.util.function.BiFunction;

/** Calls the code of products: so many panels at once as take less than a millisecond. */
final class ProductCalls {
  /** Blocks of k, but for the last, are multiples of the steps that are unrolled. */
  private static final int DEPTH_UNIT = 4;

  /** Multiplications in a call: less than a millisecond of them. */
  private static final long MOST_WORK = 1 << 25;

  private final CodeLibrary library;
  private final VectorLevel vectors;
  private final int width;
  private final CodeTable codes;

  ProductCalls(
      CodeLibrary library,
      VectorLevel vectors,
      BiFunction<ProductShape, VectorLevel, Assembler> writer) {
    this.library = library;
    this.vectors = vectors;
    this.width = vectors.panelWidth();
    this.codes =
        library.table(
            ProductShape.COUNT,
            number -> {
              ProductShape shape = ProductShape.of(number);
              return MachineCode.install(shape, writer.apply(shape, vectors));
            });
  }

  /**
   * Sums of products that go to rows of whole panels, all of k at once; places and distances are in
   * bytes. The rows begin with lines of the cache.
   */
  void sum(
      MemorySegment a,
      long aAt,
      long aPitch,
      int rows,
      int k,
      MemorySegment panels,
      long panelsAt,
      long panelPitch,
      int count,
      MemorySegment c,
      long cAt,
      long cPitch) {
    int tiles = Math.ceilDiv(rows, vectors.tallest());
    int height = Math.ceilDiv(rows, tiles);
    int low = tiles * height - rows;
    int together = vectors.together(height);
    long work = (long) rows * k * width;
    int most = (int) Math.max(together, MOST_WORK / work / together * together);
    long rowBytes = (long) width * Float.BYTES;
    int panel = 0;
    while (panel < count) {
      Cancellation.poll();
      int next = Math.min(most, count - panel);
      int each = Math.min(together, next);
      next -= next % each;
      Arguments arguments =
          operands(
              a,
              aAt,
              aPitch,
              rows,
              panels,
              panelsAt + panel * panelPitch,
              panelPitch,
              next,
              (int) rowBytes,
              k,
              k,
              c,
              cAt + panel * rowBytes,
              cPitch,
              (rows - 1) * cPitch + next * rowBytes);
      arguments.number(tiles - low).number(low).number(next / each);
      arguments.nothing().nothing().nothing().nothing().nothing();
      last(arguments, Epilogue.NONE, width);
      arguments.call(
          codes.get(
              ProductShape.number(
                  height, low > 0, each, WeightStorage.FLOAT32, false, false, Ending.NONE)));
      panel += next;
    }
  }

  /** Elements of k in a block, which are the same for all parts of a product. */
  static int depth(Product product) {
    int k = product.k();
    boolean grouped = product.panels().storage() == WeightStorage.INT4;
    int unit = grouped ? Nibbles.GROUP : DEPTH_UNIT;
    int blocks = Math.max(1, Math.ceilDiv(k, RowTarget.MOST_DEPTH));
    return Math.ceilDiv(Math.ceilDiv(k, blocks), unit) * unit;
  }

  /** Rows and elements of k of a left operand, which begin there, with columns. */
  void block(
      Product product,
      MemorySegment left,
      long first,
      long pitch,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      int depth,
      int k,
      HotArrays arrays) {
    int rows = toRow - fromRow;
    int tiles = Math.ceilDiv(rows, vectors.tallest());
    int height = Math.ceilDiv(rows, tiles);
    int low = tiles * height - rows;
    int together = vectors.together(height);
    long work = (long) rows * k * width;
    int most = (int) Math.max(together, MOST_WORK / Math.max(1, work) / together * together);
    int column = fromColumn;
    while (column < toColumn) {
      Cancellation.poll();
      int panels = Math.min(most, Math.ceilDiv(toColumn - column, width));
      int each = Math.min(together, panels);
      panels -= panels % each;
      int end = Math.min(toColumn, column + panels * width);
      call(
          product,
          left,
          first,
          pitch,
          panelsOffset,
          cOffset,
          fromRow,
          rows,
          column,
          end,
          depth,
          k,
          tiles,
          height,
          low,
          each,
          panels / each,
          arrays);
      column = end;
    }
  }

  private void call(
      Product product,
      MemorySegment left,
      long first,
      long pitch,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int rows,
      int fromColumn,
      int toColumn,
      int depth,
      int k,
      int tiles,
      int height,
      int low,
      int together,
      int groups,
      HotArrays arrays) {
    Epilogue whole = product.epilogue();
    boolean last = depth + k == product.k();
    StoredPanels panels = product.panels();
    MemorySegment bias = last ? whole.bias() : null;
    MemorySegment residual = depth == 0 ? whole.residual() : product.c();
    UnaryFunction activation = last ? whole.activation() : null;
    int columns = toColumn - fromColumn;
    int rowBytes = ProductPanel.rowBytes(panels.storage(), width);
    long panelPitch = (long) product.k() * rowBytes;
    long panel = panelsOffset * rowBytes / width + fromColumn / width * panelPitch;
    long c = (cOffset + (long) fromRow * product.ldc() + fromColumn) * Float.BYTES;
    long cBytes = ((rows - 1L) * product.ldc() + columns) * Float.BYTES;
    int count = together * groups;
    Arguments arguments =
        operands(
            left,
            first,
            pitch,
            rows,
            panels.values(),
            panel + (long) depth * rowBytes,
            panelPitch,
            count,
            rowBytes,
            k,
            depth(product),
            product.c(),
            c,
            (long) product.ldc() * Float.BYTES,
            cBytes);
    arguments.number(tiles - low).number(low).number(groups);
    Calls.reads(arguments, bias, (long) fromColumn * Float.BYTES, (long) columns * Float.BYTES);
    Calls.reads(arguments, residual, c, cBytes);
    scales(arguments, product, panelsOffset, fromColumn, depth, k, count, arrays);
    last(arguments, whole, columns - (count - 1) * width);
    arguments.call(
        codes.get(
            ProductShape.number(
                height,
                low > 0,
                together,
                panels.storage(),
                bias != null,
                residual != null,
                Calls.ending(activation))));
  }

  /** Those of all columns, or of the groups of k of each panel, and memory for their sums. */
  private void scales(
      Arguments arguments,
      Product product,
      long panelsOffset,
      int fromColumn,
      int depth,
      int k,
      int count,
      HotArrays arrays) {
    StoredPanels panels = product.panels();
    long column = panelsOffset / Math.max(1, product.k()) + fromColumn;
    switch (panels.storage()) {
      case FLOAT32, BFLOAT16, FLOAT16 -> arguments.nothing().nothing().nothing();
      case INT8 ->
          arguments
              .reads(panels.scales(), column * Float.BYTES, (long) count * width * Float.BYTES)
              .nothing()
              .nothing();
      case INT4 -> {
        int totals = GroupSums.TOTAL_BYTES;
        long row = (long) width * Short.BYTES;
        long pitch = Nibbles.groups(product.k()) * row;
        long first = column / width * pitch + depth / Nibbles.GROUP * row;
        arguments
            .reads(panels.scales(), first, (count - 1) * pitch + Nibbles.groups(k) * row)
            .number(pitch)
            .writes(arrays.memory(HotArrays.Slot.TOTALS, totals), 0, totals);
      }
    }
  }

  /** Where the operands and the sums lie, in bytes: the first arguments of ProductCode. */
  private Arguments operands(
      MemorySegment a,
      long aAt,
      long aPitch,
      int rows,
      MemorySegment panels,
      long panelsAt,
      long panelPitch,
      int count,
      int rowBytes,
      int k,
      int kBlock,
      MemorySegment c,
      long cAt,
      long cPitch,
      long cBytes) {
    return library
        .arguments()
        .reads(a, aAt, k == 0 ? 0 : (rows - 1) * aPitch + (long) k * Float.BYTES)
        .number(aPitch)
        .reads(panels, panelsAt, (count - 1) * panelPitch + (long) k * rowBytes)
        .number(panelPitch)
        .number(k)
        .number(kBlock)
        .writes(c, cAt, cBytes)
        .number(cPitch);
  }

  /** What the activation needs, and how many columns the last panel has: the last of them. */
  private void last(Arguments arguments, Epilogue epilogue, int columns) {
    arguments.number(epilogue.low()).number(epilogue.high());
    vectors.giveLanes(arguments, columns);
  }
}
