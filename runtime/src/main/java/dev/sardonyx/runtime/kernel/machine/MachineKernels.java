package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.DepthwiseChain;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Kernels in machine code for AVX-512. What it lacks, and memory on the heap, is left to a set with
 * panels of the same width.
 */
public final class MachineKernels extends ElementKernels {
  private final MachineProducts products;
  private final MachineWindows windows;
  private final MachineChains chains;
  private final MachinePlanes planes;
  private final MachineWinograd winograd;
  private final WinogradPacking winogradPacking = new WinogradPacking(library);

  /**
   * The kernels.
   *
   * @param next gives what serves the rest, with panels of {@link #WIDTH} columns
   */
  public MachineKernels(Supplier<Kernels> next) {
    super(next);
    products = new MachineProducts(library, this::next);
    var nine = new Nine(library);
    windows = new MachineWindows(nine, new Taps(library), this);
    chains = new MachineChains(this, nine);
    planes = new MachinePlanes(library);
    winograd = new MachineWinograd(library, products);
  }

  @Override
  List<Family> families() {
    var families = new ArrayList<Family>();
    families.add(products.trials().family());
    families.addAll(windows.families());
    families.addAll(super.families());
    return families;
  }

  /** Columns of a panel. */
  public static final int WIDTH = ProductCode.WIDTH;

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public String name() {
    return "machine (AVX-512)";
  }

  @Override
  public Lease lease() {
    library.acquire();
    return library::release;
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
    if (MachineProducts.takes(product)) {
      products.multiply(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    } else {
      next()
          .multiply(
              product,
              aOffset,
              panelsOffset,
              cOffset,
              fromRow,
              toRow,
              fromColumn,
              toColumn,
              arrays);
    }
  }

  @Override
  public void sweep(WindowSweep sweep, int fromLine, int toLine, HotArrays arrays) {
    if (MachineWindows.takes(sweep) && windows.passes(sweep)) {
      windows.sweep(sweep, fromLine, toLine, arrays);
    } else {
      next().sweep(sweep, fromLine, toLine, arrays);
    }
  }

  @Override
  public boolean hasWinograd() {
    return true;
  }

  @Override
  public int fewestTiles() {
    return MachineWinograd.FEWEST_TILES;
  }

  @Override
  public void packWinograd(
      int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    if (weights.isNative() && to.isNative()) {
      winogradPacking.pack(size, channels, outChannels, weights, to);
    } else {
      next().packWinograd(size, channels, outChannels, weights, to);
    }
  }

  @Override
  public boolean chains(int k, int channels, Axis height, Axis width) {
    return MachineChains.takes(k, channels, height, width) && windows.passes(width.stride());
  }

  @Override
  public void convolveChain(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    chains.run(chain, fromLine, toLine, arrays);
  }

  @Override
  public void winograd(
      WinogradConvolution convolution,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    if (MachineWinograd.takes(convolution)) {
      winograd.run(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
    } else {
      next().winograd(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
    }
  }

  @Override
  public boolean hasPlanes() {
    return true;
  }

  @Override
  public void convolvePlanes(
      PlaneConvolution convolution, int fromLine, int toLine, HotArrays arrays) {
    planes.run(convolution, fromLine, toLine, arrays);
  }
}
