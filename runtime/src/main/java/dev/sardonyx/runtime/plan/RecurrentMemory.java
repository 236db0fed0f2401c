package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What one direction of a recurrent layer works in, cut from scratch memory once, and the products
 * of its state. A gate takes whole panels, so that all gates of a state are one product and kernels
 * meet whole vectors.
 */
final class RecurrentMemory {
  private final RecurrentSizes sizes;
  private final Kernels kernels;
  private final int pitch;
  private final int gatesPitch;
  private final MemorySegment products;
  private final MemorySegment inputs;
  private final MemorySegment bias;
  private final MemorySegment recurrentBias;
  private final MemorySegment hidden;
  private final MemorySegment reset;
  private final MemorySegment cell;
  private final MemorySegment work;
  private final Product ofHidden;
  private final Product ofReset;

  /**
   * Cuts the memory.
   *
   * @param recurrent R of this direction, gate by gate
   */
  RecurrentMemory(
      RecurrentOp op,
      RecurrentSizes sizes,
      StoredPanels recurrent,
      MemorySegment scratch,
      Kernels kernels) {
    this.sizes = sizes;
    this.kernels = kernels;
    pitch = pitch(sizes, kernels);
    gatesPitch = sizes.gates() * pitch;
    var cutter = new Cutter(scratch, kernels);
    products = cutter.take((long) sizes.batch() * gatesPitch);
    inputs = cutter.take((long) sizes.rows() * gatesPitch);
    bias = cutter.take(gatesPitch);
    recurrentBias = cutter.take(gatesPitch);
    hidden = cutter.take((long) sizes.batch() * pitch);
    reset = cutter.take((long) sizes.batch() * pitch);
    cell = cutter.take((long) sizes.batch() * pitch);
    work = cutter.take(pitch);
    int last = sizes.gates() - 1;
    boolean first = op instanceof RecurrentOp.GRU gru && !gru.linearBeforeReset();
    int together = first ? last * pitch : gatesPitch;
    boolean biased = op instanceof RecurrentOp.GRU && !first;
    ofHidden = product(hidden, recurrent, together, biased);
    int n = sizes.hidden();
    ofReset = product(reset, recurrent.matrix(last, n, n, kernels), pitch, false);
  }

  private Product product(MemorySegment state, StoredPanels panels, int n, boolean biased) {
    var rows = new MatrixRows(state, pitch, kernels.elementBytes());
    Epilogue end = biased ? Epilogue.NONE.withBias(recurrentBias) : Epilogue.NONE;
    return new Product(n, sizes.hidden(), rows, panels, products, gatesPitch, end);
  }

  /** Hands out one part of a segment after the other. */
  private static final class Cutter {
    private final MemorySegment segment;
    private final Kernels kernels;
    private long at;

    Cutter(MemorySegment segment, Kernels kernels) {
      this.segment = segment;
      this.kernels = kernels;
    }

    MemorySegment take(long elements) {
      long bytes = Sizes.bytes(elements, kernels);
      MemorySegment part = segment.asSlice(at, bytes);
      at += MemoryBudget.aligned(bytes);
      return part;
    }
  }

  /** What the memory of one direction takes. Errors: LIMIT. */
  static long bytes(RecurrentSizes sizes, Kernels kernels) {
    long state = Sizes.multiply(sizes.batch(), pitch(sizes, kernels));
    long gates = Sizes.multiply(sizes.gates(), pitch(sizes, kernels));
    Sizes.narrow(gates);
    long all = bytes(Sizes.multiply(sizes.batch(), gates), kernels);
    all = Sizes.add(all, bytes(Sizes.multiply(sizes.rows(), gates), kernels));
    all = Sizes.add(all, 2 * bytes(gates, kernels));
    all = Sizes.add(all, Sizes.multiply(3, bytes(state, kernels)));
    return Sizes.add(all, bytes(pitch(sizes, kernels), kernels));
  }

  private static long bytes(long elements, Kernels kernels) {
    return MemoryBudget.aligned(Sizes.bytes(elements, kernels));
  }

  private static int pitch(RecurrentSizes sizes, Kernels kernels) {
    return Sizes.narrow(StoredPanels.columns(sizes.hidden(), kernels));
  }

  RecurrentSizes sizes() {
    return sizes;
  }

  /** From a gate to the next, and from a state to the next. */
  int pitch() {
    return pitch;
  }

  /** From the gates of a row to those of the next. */
  int gatesPitch() {
    return gatesPitch;
  }

  /**
   * {@link #products} = the hidden states * R', without the last gate of a GRU that resets first.
   */
  void multiplyHidden(HotArrays arrays) {
    kernels.multiply(ofHidden, 0, 0, 0, 0, sizes.batch(), 0, ofHidden.n(), arrays);
  }

  /** The last gate of {@link #products} = {@link #reset} * R'. */
  void multiplyReset(HotArrays arrays) {
    long to = gatesPitch - pitch;
    kernels.multiply(ofReset, 0, 0, to, 0, sizes.batch(), 0, ofReset.n(), arrays);
  }

  /** What kernels do a step on. */
  GatedCell gatedCell(@Nullable MemorySegment y) {
    return new GatedCell(sizes.hidden(), pitch, products, inputs, hidden, cell, y);
  }

  /** {@code [sample][gate][pitch]}: what the states give to the gates, and then the gates. */
  MemorySegment products() {
    return products;
  }

  /** {@code [row of X][gate][pitch]}: what the inputs give to the gates. */
  MemorySegment inputs() {
    return inputs;
  }

  /** What is added to the inputs' part of the gates. */
  MemorySegment bias() {
    return bias;
  }

  /** What is added to the products of a GRU's states alone. */
  MemorySegment recurrentBias() {
    return recurrentBias;
  }

  MemorySegment hidden() {
    return hidden;
  }

  /** The hidden states times a GRU's gate r, where the product comes after it. */
  MemorySegment reset() {
    return reset;
  }

  MemorySegment cell() {
    return cell;
  }

  /** A row of a state for whatever work. */
  MemorySegment work() {
    return work;
  }
}
