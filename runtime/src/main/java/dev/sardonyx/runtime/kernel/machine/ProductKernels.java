package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CallList;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Products in machine code for a level. What it lacks, and memory on the heap, is left to a set
 * with panels of the same width.
 */
abstract class ProductKernels extends ForwardingKernels {
  /** The code of all kernels. */
  final CodeLibrary library = new CodeLibrary();

  final MachineProducts products;
  private final CodeTable loop = library.table(1, _ -> CallList.loop());
  private final Trials ofRepetition;
  private final MachinePacking packing;
  private final Trials ofPacking;

  /** Says which set serves what this one does not. */
  private final Object served =
      new Object() {
        @Override
        public String toString() {
          return nextName();
        }
      };

  /** What code is written with. */
  final VectorLevel vectors;

  ProductKernels(Processor.Level level, Supplier<Kernels> next) {
    super(next);
    vectors = VectorLevel.of(level);
    products = new MachineProducts(library, vectors, this::next);
    packing = new MachinePacking(library, vectors);
    ofPacking = new Trials(new PackingTrials(this));
    ofRepetition = new Trials(new RepetitionTrial(this));
  }

  /** What can be tried. */
  List<Trials> trials() {
    List<Trials> trials = new ArrayList<>(products.allTrials());
    trials.add(ofPacking);
    trials.add(ofRepetition);
    return trials;
  }

  @Override
  final void leave() {
    library.calling().miss(served);
  }

  @Override
  public final Set<String> heard(Runnable action) {
    Set<String> names = new LinkedHashSet<>();
    Arguments arguments = library.calling();
    arguments.tell(called -> names.add(called.toString()));
    try {
      action.run();
    } finally {
      arguments.tell(null);
    }
    return names;
  }

  @Override
  public Team.Task repeated(Team.Task task, int parts, int members) {
    boolean fits = (long) parts * members <= RepeatedTask.MOST_PLACES;
    return fits ? new RepeatedTask(this, task, parts, members) : task;
  }

  /** Whether recorded calls come out the same when they are made again. */
  boolean repeats() {
    return ofRepetition.pass(0);
  }

  /** The code that makes recorded calls. */
  MachineCode loop() {
    return loop.get(0);
  }

  @Override
  public final int panelWidth() {
    return vectors.panelWidth();
  }

  @Override
  public String name() {
    return "machine (" + vectors.level() + ")";
  }

  @Override
  public final Lease lease() {
    library.acquire();
    return library::release;
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
    if (MachinePacking.takes(b, rowStride, columnStride, panels)
        && ofPacking.pass(PackingTrials.number(rowStride, columnStride))) {
      packing.pack(b, bOffset, k, n, rowStride, columnStride, panels, panelsOffset);
    } else {
      next().packPanels(b, bOffset, k, n, rowStride, columnStride, panels, panelsOffset);
    }
  }

  @Override
  public final void packTransposed(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long columnStride,
      MemorySegment panels,
      long panelsOffset,
      HotArrays arrays) {
    packPanels(b, bOffset, k, n, 1, columnStride, panels, panelsOffset);
  }

  @Override
  public final void packFilter(
      MemorySegment weights,
      long offset,
      long[] rows,
      long[] columns,
      MemorySegment panels,
      long panelsOffset) {
    if (weights.isNative()
        && panels.isNative()
        && ofPacking.pass(PackingTrials.Layout.ANYWHERE.ordinal())) {
      packing.filter(weights, offset, rows, columns, panels, panelsOffset);
    } else {
      next().packFilter(weights, offset, rows, columns, panels, panelsOffset);
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
}
