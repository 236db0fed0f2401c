package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.SplitPanels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Kernels for AVX-512 with the tiles of AMX for products. */
final class TileKernels extends MachineKernels {
  private final TilePacking packing = new TilePacking(library);
  private final MachineTiles tiles = new MachineTiles(library, products, packing);
  private final MachineIntegerTiles integers;

  /**
   * The kernels.
   *
   * @param bytes whether tiles multiply 8-bit numbers as well
   */
  TileKernels(boolean bytes, Supplier<Kernels> next) {
    super(next);
    integers = new MachineIntegerTiles(library, bytes);
  }

  @Override
  public String name() {
    return "machine (" + Processor.Level.AVX512 + ", AMX)";
  }

  /** Not from a recording: which numbers have parts is looked up in each run. */
  @Override
  public Team.Task repeated(Team.Task task, int parts, int members) {
    return task;
  }

  @Override
  List<Trials> trials() {
    var trials = new ArrayList<>(super.trials());
    trials.addAll(ofTiles());
    return trials;
  }

  /** Those of what tiles alone do. */
  List<Trials> ofTiles() {
    return List.of(tiles.trials(), integers.trials());
  }

  @Override
  public boolean hasTiles() {
    return true;
  }

  @Override
  public double costOfParts(long m, int n, int k, long split, int parts) {
    return TileCosts.share(m, n, k, split, parts);
  }

  @Override
  public boolean splitsPixels(ConvolutionGeometry geometry) {
    return TilePixels.takes(geometry);
  }

  @Override
  public long splitBytes(int k, int n, int parts) {
    return TilePacking.bytes(k, n, parts);
  }

  @Override
  public boolean split(MemorySegment panels, int k, int n, SplitPanels to) {
    return panels.isNative() && to.values().isNative() && packing.split(panels, k, n, to);
  }

  @Override
  public void multiply(
      IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    if (integers.takes(product, toLine - fromLine)) {
      integers.compute(product, fromLine, toLine, fromColumn, toColumn);
    } else {
      super.multiply(product, fromLine, toLine, fromColumn, toColumn);
    }
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
    if (MachineTiles.takes(product)) {
      tiles.multiply(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    } else {
      super.multiply(
          product, aOffset, panelsOffset, cOffset, fromRow, toRow, fromColumn, toColumn, arrays);
    }
  }
}
