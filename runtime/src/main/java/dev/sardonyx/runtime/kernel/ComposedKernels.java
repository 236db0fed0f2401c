package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** What all sets share: products, convolutions and pooling over a set's block operations. */
abstract class ComposedKernels implements Kernels {

  private final BlockOperations blocks;
  private final Gemm gemm;
  private final Products products;
  private final Convolution convolution;
  private final TransposedConvolution transposed;
  private final Pooling pooling;

  ComposedKernels(BlockOperations blocks) {
    this.blocks = blocks;
    this.gemm = new Gemm(blocks);
    this.products = new Products(blocks);
    this.convolution = new Convolution(blocks, gemm);
    this.transposed = new TransposedConvolution(blocks, gemm);
    this.pooling = new Pooling(blocks);
  }

  @Override
  public final int panelWidth() {
    return blocks.panelWidth();
  }

  @Override
  public final void packPanels(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long panelsOffset) {
    gemm.pack(b, bOffset, k, n, rowStride, columnStride, panels, panelsOffset);
  }

  @Override
  public final void multiply(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    products.multiply(
        product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
  }

  @Override
  public final void gemm(
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
      Epilogue epilogue) {
    gemm.multiply(m, n, k, a, aOffset, lda, panels, panelsOffset, c, cOffset, ldc, epilogue, 0);
  }

  @Override
  public final long convolutionScratchElements(ConvolutionGeometry geometry) {
    return convolution.scratchElements(geometry);
  }

  @Override
  public final void convolution(
      ConvolutionGeometry geometry,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch) {
    convolution.run(geometry, x, weights, y, epilogue, scratch);
  }

  @Override
  public final long transposedScratchElements(TransposedGeometry geometry) {
    return transposed.scratchElements(geometry);
  }

  @Override
  public final void transposedConvolution(
      TransposedGeometry geometry,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch) {
    transposed.run(geometry, x, weights, y, epilogue, scratch);
  }

  @Override
  public final void maxPoolWithPlaces(
      PoolGeometry geometry,
      MemorySegment x,
      MemorySegment y,
      MemorySegment places,
      boolean columnMajor) {
    pooling.maximumAndPlace(geometry, x, y, places, columnMajor);
  }

  @Override
  public final void maxPool(PoolGeometry geometry, MemorySegment x, MemorySegment y) {
    pooling.maximum(geometry, x, y);
  }

  @Override
  public final void averagePool(PoolGeometry geometry, MemorySegment x, MemorySegment y) {
    if (geometry.isGlobal()) {
      reduceRows(RowReduction.MEAN, x, y, geometry.planes(), geometry.inPixels());
    } else {
      pooling.average(geometry, x, y);
    }
  }
}
