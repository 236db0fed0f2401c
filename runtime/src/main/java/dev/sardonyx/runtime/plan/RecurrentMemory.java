package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LeftRows;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one direction of a recurrent layer works in, cut from scratch memory once, and its products.
 * Everything is kept gate by gate, so that a gate of all samples is one run of elements.
 */
final class RecurrentMemory {
  private final RecurrentSizes sizes;
  private final int direction;
  private final Panels recurrent;
  private final Kernels kernels;
  private final MemorySegment allGates;
  private final List<MemorySegment> gates = new ArrayList<>();
  private final List<MemorySegment> inputs = new ArrayList<>();
  private final List<MemorySegment> biases = new ArrayList<>();
  private final MemorySegment recurrentBias;
  private final MemorySegment hidden;
  private final MemorySegment nextHidden;
  private final MemorySegment cell;
  private final MemorySegment nextCell;
  private final MemorySegment product;
  private final Optional<MemorySegment> peepholes;
  private final List<Product> ofHidden = new ArrayList<>();
  private final Product ofNextHidden;
  private final Product apart;
  private final Optional<Product> together;

  RecurrentMemory(
      RecurrentOp op,
      RecurrentSizes sizes,
      int direction,
      Panels recurrent,
      StoredPanels recurrentPanels,
      Optional<MemorySegment> peepholes,
      MemorySegment scratch,
      Kernels kernels) {
    this.sizes = sizes;
    this.direction = direction;
    this.recurrent = recurrent;
    this.kernels = kernels;
    this.peepholes = peepholes;
    var cutter = new Cutter(scratch, kernels);
    allGates = cutter.take(Sizes.multiply(sizes.gates(), sizes.state()));
    long gateBytes = allGates.byteSize() / sizes.gates();
    for (int gate = 0; gate < sizes.gates(); gate++) {
      gates.add(allGates.asSlice(gate * gateBytes, gateBytes));
      inputs.add(cutter.take((long) sizes.rows() * sizes.hidden()));
      biases.add(cutter.take(sizes.hidden()));
    }
    recurrentBias = cutter.take(sizes.hidden());
    hidden = cutter.take(sizes.state());
    nextHidden = cutter.take(sizes.state());
    cell = cutter.take(sizes.state());
    nextCell = cutter.take(sizes.state());
    product = cutter.take(sizes.state());
    LeftRows state = rows(hidden);
    int n = sizes.hidden();
    for (MemorySegment gate : gates) {
      ofHidden.add(onto(state, recurrentPanels, gate, n));
    }
    ofNextHidden = onto(rows(nextHidden), recurrentPanels, gates.getLast(), n);
    Epilogue biased = Epilogue.NONE.withBias(recurrentBias);
    apart = new Product(n, n, state, recurrentPanels, product, n, biased);
    boolean inLine = sizes.batch() == 1 && n % kernels.panelWidth() == 0;
    together =
        inLine
            ? Optional.of(onto(state, recurrentPanels, allGates, n * atOnce(op)))
            : Optional.empty();
  }

  /** How many gates the state alone is multiplied for. */
  private static int atOnce(RecurrentOp op) {
    return op instanceof RecurrentOp.GRU ? 2 : op.gates();
  }

  private LeftRows rows(MemorySegment state) {
    return new MatrixRows(state, sizes.hidden(), kernels.elementBytes());
  }

  /** gates += state * R'. */
  private Product onto(LeftRows state, StoredPanels panels, MemorySegment to, int n) {
    return new Product(n, recurrent.k(), state, panels, to, n, Epilogue.NONE.withResidual(to));
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

  /** What the memory of all directions takes together. Errors: LIMIT. */
  static long bytes(RecurrentSizes sizes, Kernels kernels) {
    long state = MemoryBudget.aligned(Sizes.bytes(sizes.state(), kernels));
    long bias = MemoryBudget.aligned(Sizes.bytes(sizes.hidden(), kernels));
    long rows = Sizes.multiply(sizes.rows(), sizes.hidden());
    long inputs = MemoryBudget.aligned(Sizes.bytes(rows, kernels));
    long gate = Sizes.add(inputs, Sizes.add(state, bias));
    long states = Sizes.add(Sizes.multiply(state, 5), bias);
    long one = Sizes.add(Sizes.multiply(gate, sizes.gates()), states);
    return Sizes.multiply(one, sizes.directions());
  }

  RecurrentSizes sizes() {
    return sizes;
  }

  /** Adds to the first gates, all but a GRU's last, the product of the hidden state and R'. */
  void addProducts(int count, HotArrays arrays) {
    if (together.isPresent()) {
      multiply(together.get(), 0, arrays);
      return;
    }
    for (int gate = 0; gate < count; gate++) {
      multiply(ofHidden.get(gate), gate, arrays);
    }
  }

  /** Adds to the last gate the product of the next hidden state, as it is then, and R'. */
  void addProductOfNext(HotArrays arrays) {
    multiply(ofNextHidden, sizes.gates() - 1, arrays);
  }

  /** product = hidden * R' of the last gate, with the bias that is R's alone. */
  void productApart(HotArrays arrays) {
    multiply(apart, sizes.gates() - 1, arrays);
  }

  private void multiply(Product by, int gate, HotArrays arrays) {
    long at = (long) (direction * sizes.gates() + gate) * recurrent.elements(kernels);
    kernels.multiply(by, 0, at, 0, 0, sizes.batch(), 0, by.n(), arrays);
  }

  /** The result of {@link #productApart}, or other work. */
  MemorySegment product() {
    return product;
  }

  /** The first gates side by side. */
  MemorySegment gates(int count) {
    return allGates.asSlice(0, count * gates.getFirst().byteSize());
  }

  int direction() {
    return direction;
  }

  /** The inputs' part of a gate for all steps, row by row as X. */
  MemorySegment inputs(int gate) {
    return inputs.get(gate);
  }

  /** The gate in this step. */
  MemorySegment gate(int gate) {
    return gates.get(gate);
  }

  /** What is added to the inputs' part of a gate. */
  MemorySegment bias(int gate) {
    return biases.get(gate);
  }

  /** What is added to the product of the last gate alone. */
  MemorySegment recurrentBias() {
    return recurrentBias;
  }

  MemorySegment hidden() {
    return hidden;
  }

  MemorySegment nextHidden() {
    return nextHidden;
  }

  MemorySegment cell() {
    return cell;
  }

  MemorySegment nextCell() {
    return nextCell;
  }

  Optional<MemorySegment> peepholes() {
    return peepholes;
  }
}
