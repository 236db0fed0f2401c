package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LeftRows;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.RowCopies;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Products of matrices. Rows go in blocks that stay in the second cache, k in blocks of which a
 * panel stays in the first; sums of a block of k are added to those before in C.
 */
final class MachineProducts {
  /** Elements of k at most in a block: its part of a panel takes 40 KiB. */
  private static final int MOST_DEPTH = RowTarget.MOST_DEPTH;

  /** Rows of a block: enough to make up for reading a panel. */
  private static final int MOST_ROWS = 224;

  /** Rows so many bytes apart share the sets of the first cache. */
  private static final int ALIAS = 4096;

  /** So few rows fit the ways of a set. */
  private static final int FEW_ROWS = 9;

  private final VectorLevel vectors;
  private final int width;
  private final Supplier<Kernels> next;
  private final ProductCalls calls;
  private final Trials trials;
  private final RowTarget rowTarget;
  private final RowCopies copies;
  private final PixelCopies pixelCopies;
  private final Trials ofCopies;

  /**
   * Products.
   *
   * @param next what serves where code fails its trial
   */
  MachineProducts(CodeLibrary library, VectorLevel vectors, Supplier<Kernels> next) {
    this(library, vectors, next, ProductCode::write);
  }

  /** With code that another writes: tests make mistakes. */
  MachineProducts(
      CodeLibrary library,
      VectorLevel vectors,
      Supplier<Kernels> next,
      BiFunction<ProductShape, VectorLevel, Assembler> writer) {
    this.vectors = vectors;
    this.width = vectors.panelWidth();
    this.next = next;
    this.trials = new Trials(new ProductTrial(this, vectors));
    this.rowTarget = new RowTarget(library, vectors);
    this.pixelCopies = new PixelCopies(library, vectors);
    this.ofCopies = new Trials(new RowCopyTrial(rowTarget, pixelCopies));
    this.copies = new RowCopies(rowTarget, MOST_DEPTH, RowTarget.PITCH);
    this.calls = new ProductCalls(library, vectors, writer);
  }

  /** Whether all memory of a product is off the heap. */
  static boolean takes(Product product) {
    Epilogue epilogue = product.epilogue();
    MemorySegment left =
        switch (product.a()) {
          case MatrixRows rows -> rows.a();
          case PixelRows pixels -> pixels.x();
        };
    return left.isNative()
        && product.panels().values().isNative()
        && product.c().isNative()
        && Calls.isNative(epilogue);
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
    int rows = toRow - fromRow;
    int blocks = Math.ceilDiv(rows, MOST_ROWS);
    for (int i = 0; i < blocks; i++) { // of nearly one size
      int from = fromRow + (int) ((long) rows * i / blocks);
      int to = fromRow + (int) ((long) rows * (i + 1) / blocks);
      if (passes(product, to - from, toColumn - fromColumn)) {
        compute(product, aOffset, panelsOffset, cOffset, from, to, fromColumn, toColumn, arrays);
      } else {
        next.get()
            .multiply(
                product, aOffset, panelsOffset, cOffset, from, to, fromColumn, toColumn, arrays);
      }
    }
  }

  /** Whether all code that rows and columns of a product take passes its trial. */
  private boolean passes(Product product, int rows, int columns) {
    Epilogue end = product.epilogue();
    boolean bias = end.bias() != null;
    boolean residual = end.residual() != null;
    boolean several = !inOneGo(product, rows) && product.k() > MOST_DEPTH;
    WeightStorage storage = product.panels().storage();
    Ending ending = Calls.ending(end.activation());
    if (isCopied(product.a(), rows) && !ofCopies.pass(RowCopyTrial.OF_RUNS)) {
      return false;
    }
    return several
        ? passes(rows, columns, storage, false, residual, Ending.NONE)
            && passes(rows, columns, storage, false, true, Ending.NONE)
            && passes(rows, columns, storage, bias, true, ending)
        : passes(rows, columns, storage, bias, residual, ending);
  }

  /** The same for one end; groups of panels are as many as fit, and what is left at last. */
  private boolean passes(
      int rows, int columns, WeightStorage storage, boolean bias, boolean residual, Ending ending) {
    int tiles = Math.ceilDiv(rows, vectors.tallest());
    int height = Math.ceilDiv(rows, tiles);
    boolean low = tiles * height > rows;
    int panels = Math.ceilDiv(columns, width);
    int most = vectors.together(height);
    int left = panels % most;
    return (panels < most
            || trials.pass(ProductShape.number(height, low, most, storage, bias, residual, ending)))
        && (left == 0
            || trials.pass(
                ProductShape.number(height, low, left, storage, bias, residual, ending)));
  }

  /** Whether the code of {@link ProductCalls#sum} for rows and columns passes its trial. */
  boolean sumsPass(int rows, int columns) {
    return passes(rows, columns, WeightStorage.FLOAT32, false, false, Ending.NONE);
  }

  /** The calls, without a trial before. */
  ProductCalls calls() {
    return calls;
  }

  /** Tries the code. */
  Trials trials() {
    return trials;
  }

  /** The block of rows of a thread. */
  RowTarget rowTarget() {
    return rowTarget;
  }

  /** Whether the code that copies rows passes its trial. */
  boolean canCopy() {
    return ofCopies.pass(RowCopyTrial.OF_RUNS);
  }

  /** Copies rows there. */
  void copy(
      LeftRows rows, long offset, int fromRow, int toRow, int depth, int k, HotArrays arrays) {
    if (rows instanceof PixelRows pixels
        && pixels.x().isNative()
        && PixelCopies.takes(pixels)
        && ofCopies.pass(RowCopyTrial.OF_PIXELS)) {
      MemorySegment to = rowTarget.rows(arrays, toRow - fromRow);
      pixelCopies.copy(pixels, offset, fromRow, toRow, depth, k, to);
    } else {
      copies.copy(rows, offset, fromRow, toRow, depth, k, 0, arrays);
    }
  }

  /** What can be tried. */
  List<Trials> allTrials() {
    return List.of(trials, ofCopies);
  }

  /** Rows of a block without a trial before. */
  void compute(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int from,
      int to,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    int depth = ProductCalls.depth(product);
    boolean few = inOneGo(product, to - from);
    int done = 0;
    do { // once without any k, for sums of nothing
      int k = few ? product.k() : Math.min(depth, product.k() - done);
      rows(
          product, aOffset, panelsOffset, cOffset, from, to, fromColumn, toColumn, done, k, arrays);
      done += k;
    } while (done < product.k());
  }

  /** Whether tiles read rows better from a copy: pixels always. */
  private static boolean isCopied(LeftRows rows, int count) {
    return switch (rows) {
      case MatrixRows matrix -> matrix.pitch() * Float.BYTES % ALIAS == 0 && count >= FEW_ROWS;
      case PixelRows _ -> true;
    };
  }

  /** Whether so few rows take all of k at once: not from a copy, which has a block of it. */
  private boolean inOneGo(Product product, int rows) {
    boolean elsewhere = product.panels().storage() == WeightStorage.INT4; // GroupSums
    boolean keeps = elsewhere ? vectors.together(rows) > 1 : vectors.keepsTotals(rows);
    return keeps && !isCopied(product.a(), rows);
  }

  /** Rows and elements of k of a left operand with all columns. */
  private void rows(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      int depth,
      int k,
      HotArrays arrays) {
    MemorySegment left;
    long first = 0;
    long pitch = (long) RowTarget.PITCH * Float.BYTES;
    if (isCopied(product.a(), toRow - fromRow)) {
      left = rowTarget.rows(arrays, toRow - fromRow);
      copy(product.a(), aOffset, fromRow, toRow, depth, k, arrays);
    } else {
      MatrixRows matrix = (MatrixRows) product.a();
      left = matrix.a();
      first = (aOffset + fromRow * matrix.pitch() + depth) * Float.BYTES;
      pitch = matrix.pitch() * Float.BYTES;
    }
    calls.block(
        product,
        left,
        first,
        pitch,
        panelsOffset,
        cOffset,
        fromRow,
        toRow,
        fromColumn,
        toColumn,
        depth,
        k,
        arrays);
  }
}
