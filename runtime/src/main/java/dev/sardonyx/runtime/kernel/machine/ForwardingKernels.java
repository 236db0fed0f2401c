package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.DepthwiseChain;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Rates;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.kernel.TransposedGeometry;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kernel set that leaves everything to the next one. */
abstract class ForwardingKernels implements Kernels {
  private final Supplier<Kernels> maker;
  private volatile @Nullable Kernels next;

  /**
   * A set before another one.
   *
   * @param next gives that one, when it is first needed
   */
  ForwardingKernels(Supplier<Kernels> next) {
    this.maker = next;
  }

  /** The set that serves what this one does not. */
  final Kernels next() {
    leave();
    Kernels made = next;
    return made == null ? make() : made;
  }

  /** Called before work is left to the next set, or to plain loops. */
  abstract void leave();

  private synchronized Kernels make() {
    Kernels made = next;
    if (made == null) {
      made = maker.get();
      if (made.panelWidth() != panelWidth()) {
        throw new IllegalStateException(
            "the next set must have panels of %d columns (has %d)"
                .formatted(panelWidth(), made.panelWidth()));
      }
      next = made;
    }
    return made;
  }

  @Override
  public void packPanels(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long panelsOffset) {
    next().packPanels(b, bOffset, k, n, rowStride, columnStride, panels, panelsOffset);
  }

  @Override
  public void packTransposed(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long columnStride,
      MemorySegment panels,
      long panelsOffset,
      HotArrays arrays) {
    next().packTransposed(b, bOffset, k, n, columnStride, panels, panelsOffset, arrays);
  }

  @Override
  public void multiply(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    next()
        .multiply(
            product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
  }

  @Override
  public void packFilter(
      MemorySegment weights,
      long offset,
      long[] rows,
      long[] columns,
      MemorySegment panels,
      long panelsOffset) {
    next().packFilter(weights, offset, rows, columns, panels, panelsOffset);
  }

  @Override
  public void sweep(WindowSweep sweep, int fromLine, int toLine, HotArrays arrays) {
    next().sweep(sweep, fromLine, toLine, arrays);
  }

  @Override
  public boolean hasPlanes() {
    return next().hasPlanes();
  }

  @Override
  public void convolvePlanes(
      PlaneConvolution convolution, int fromLine, int toLine, HotArrays arrays) {
    next().convolvePlanes(convolution, fromLine, toLine, arrays);
  }

  @Override
  public boolean chains(int k, int channels, Axis height, Axis width) {
    return next().chains(k, channels, height, width);
  }

  @Override
  public void convolveChain(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    next().convolveChain(chain, fromLine, toLine, arrays);
  }

  @Override
  public boolean hasWinograd() {
    return next().hasWinograd();
  }

  @Override
  public Rates rates() {
    return next().rates();
  }

  @Override
  public void packWinograd(
      int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    next().packWinograd(size, channels, outChannels, weights, to);
  }

  @Override
  public void winograd(
      WinogradConvolution convolution,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    next().winograd(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
  }

  @Override
  public void sumTransposed(
      TransposedGeometry geometry,
      MemorySegment products,
      MemorySegment y,
      int image,
      int fromLine,
      int toLine,
      Epilogue epilogue,
      HotArrays arrays) {
    next().sumTransposed(geometry, products, y, image, fromLine, toLine, epilogue, arrays);
  }

  @Override
  public void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    next().lstm(cell, sample, inputRow, yRow);
  }

  @Override
  public void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    next().gru(cell, sample, inputRow, yRow);
  }

  @Override
  public FusedElementwise fuse(ElementwiseProgram program, LoopCache loops) {
    return next().fuse(program, loops);
  }

  /** A chain whose operations are those of this set, one after the other. */
  final FusedElementwise oneByOne(ElementwiseProgram program, LoopCache loops) {
    return Kernels.super.fuse(program, loops);
  }

  @Override
  public boolean loops(Operation operation) {
    return next().loops(operation);
  }

  @Override
  public void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    next().unary(function, x, xOffset, y, yOffset, n);
  }

  @Override
  public void binary(
      BinaryFunction function,
      MemorySegment a,
      long aOffset,
      int aStep,
      MemorySegment b,
      long bOffset,
      int bStep,
      MemorySegment y,
      long yOffset,
      long n) {
    next().binary(function, a, aOffset, aStep, b, bOffset, bStep, y, yOffset, n);
  }

  @Override
  public void scaleShift(
      MemorySegment x,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long outer,
      int channels,
      long inner) {
    next().scaleShift(x, scale, shift, y, outer, channels, inner);
  }

  @Override
  public void maskKeys(
      MemorySegment scores,
      int rows,
      int n,
      float factor,
      @Nullable MemorySegment mask,
      boolean truth,
      long maskOffset,
      long maskPitch,
      int from,
      int fromStep,
      int to,
      int toStep,
      int most,
      MemorySegment blind) {
    next()
        .maskKeys(
            scores,
            rows,
            n,
            factor,
            mask,
            truth,
            maskOffset,
            maskPitch,
            from,
            fromStep,
            to,
            toStep,
            most,
            blind);
  }

  @Override
  public void clearRows(MemorySegment flags, MemorySegment x, int rows, int n) {
    next().clearRows(flags, x, rows, n);
  }

  @Override
  public boolean hasRowVectors() {
    return next().hasRowVectors();
  }

  @Override
  public void dotRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    next()
        .dotRows(
            x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
  }

  @Override
  public void sumRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    next()
        .sumRows(
            x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
  }

  @Override
  public void softmax(
      MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    next().softmax(x, y, outer, n, inner, logarithm);
  }

  @Override
  public void reduceRows(
      RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns) {
    next().reduceRows(function, x, y, rows, columns);
  }

  @Override
  public void normalizeRows(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long rows,
      long columns) {
    next().normalizeRows(centred, epsilon, x, scale, shift, y, rows, columns);
  }
}
