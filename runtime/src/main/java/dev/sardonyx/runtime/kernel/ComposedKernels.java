package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all sets share: products, convolutions and pooling over a set's block operations. */
abstract class ComposedKernels implements Kernels {

  private final BlockOperations blocks;
  private final @Nullable WinogradTransforms transforms;
  private final PanelPacking packing;
  private final Products products;
  private final Windows windows;
  private final TransposedSums transposed;
  private final @Nullable Winograd winograd;
  private final @Nullable Planes planes;
  private final @Nullable ChainedProducts chains;

  /**
   * The primitives over a set's block operations.
   *
   * @param transforms those of Winograd's convolutions, or null for a set that has none
   * @param tiles those of convolutions by planes, or null for a set that has none
   * @param nine those of windows of three by three, or null for a set that has none
   * @param chain those of products with such windows between them, or null for a set without
   */
  ComposedKernels(
      BlockOperations blocks,
      @Nullable WinogradTransforms transforms,
      @Nullable PlaneTiles tiles,
      @Nullable NineTaps nine,
      @Nullable ChainLanes chain) {
    this.blocks = blocks;
    this.transforms = transforms;
    this.packing = new PanelPacking(blocks);
    this.products = new Products(blocks);
    this.windows = new Windows(blocks, nine);
    this.transposed = new TransposedSums(blocks);
    this.winograd = transforms == null ? null : new Winograd(blocks, transforms);
    this.planes = tiles == null ? null : new Planes(blocks, tiles);
    this.chains = chain == null ? null : new ChainedProducts(blocks, products, chain);
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
    packing.pack(b, bOffset, k, n, rowStride, columnStride, panels, panelsOffset);
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
  public final void packFilter(
      MemorySegment weights,
      long offset,
      long[] rows,
      long[] columns,
      MemorySegment panels,
      long panelsOffset) {
    int width = blocks.panelWidth();
    long left = Cancellation.EVERY;
    long to = panelsOffset;
    for (int column = 0; column < columns.length; column += width) {
      for (long row : rows) {
        left = Cancellation.spend(left, width);
        for (int j = column; j < column + width; j++, to++) {
          boolean there = j < columns.length;
          blocks.set(panels, to, there ? blocks.get(weights, offset + row + columns[j]) : 0);
        }
      }
    }
  }

  @Override
  public final void sweep(WindowSweep sweep, int fromLine, int toLine, HotArrays arrays) {
    windows.sweep(sweep, fromLine, toLine, arrays);
  }

  @Override
  public final void sumTransposed(
      TransposedGeometry geometry,
      MemorySegment products,
      MemorySegment y,
      int image,
      int fromLine,
      int toLine,
      Epilogue epilogue,
      HotArrays arrays) {
    transposed.lines(geometry, products, y, image, fromLine, toLine, epilogue, arrays);
  }

  @Override
  public final boolean hasWinograd() {
    return winograd != null;
  }

  @Override
  public final void packWinograd(
      int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    Objects.requireNonNull(winograd).pack(size, channels, outChannels, weights, to);
  }

  @Override
  public final void winograd(
      WinogradConvolution convolution,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    Objects.requireNonNull(winograd)
        .run(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
  }

  @Override
  public final boolean hasPlanes() {
    return planes != null;
  }

  @Override
  public final void convolvePlanes(
      PlaneConvolution convolution, int fromLine, int toLine, HotArrays arrays) {
    Objects.requireNonNull(planes).run(convolution, fromLine, toLine, arrays);
  }

  @Override
  public final boolean chains(int k, int channels, Axis height, Axis width) {
    return chains != null && chains.takes(k, channels, height, width);
  }

  @Override
  public final void convolveChain(
      DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    Objects.requireNonNull(chains).run(chain, fromLine, toLine, arrays);
  }
}
