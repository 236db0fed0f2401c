package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Epilogue.BiasAxis;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a recurrent layer works in, cut from scratch memory once. Everything is kept gate by gate,
 * so that a gate of all samples is one run of elements.
 */
final class RecurrentMemory {
  private final RecurrentSizes sizes;
  private final Panels recurrent;
  private final MemorySegment recurrentPanels;
  private final List<MemorySegment> gates = new ArrayList<>();
  private final List<MemorySegment> inputs = new ArrayList<>();
  private final List<MemorySegment> biases = new ArrayList<>();
  private final MemorySegment recurrentBias;
  private final Epilogue recurrentEpilogue;
  private final MemorySegment hidden;
  private final MemorySegment nextHidden;
  private final MemorySegment cell;
  private final MemorySegment nextCell;
  private final MemorySegment product;
  private final Optional<MemorySegment> peepholes;

  RecurrentMemory(
      RecurrentSizes sizes,
      Panels recurrent,
      MemorySegment recurrentPanels,
      Optional<MemorySegment> peepholes,
      MemorySegment scratch,
      Kernels kernels) {
    this.sizes = sizes;
    this.recurrent = recurrent;
    this.recurrentPanels = recurrentPanels;
    this.peepholes = peepholes;
    var cutter = new Cutter(scratch, kernels);
    for (int gate = 0; gate < sizes.gates(); gate++) {
      inputs.add(cutter.take((long) sizes.rows() * sizes.hidden()));
      gates.add(cutter.take(sizes.state()));
      biases.add(cutter.take(sizes.hidden()));
    }
    recurrentBias = cutter.take(sizes.hidden());
    hidden = cutter.take(sizes.state());
    nextHidden = cutter.take(sizes.state());
    cell = cutter.take(sizes.state());
    nextCell = cutter.take(sizes.state());
    product = cutter.take(sizes.state());
    recurrentEpilogue = Epilogue.NONE.withBias(recurrentBias, BiasAxis.PER_COLUMN);
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

  /** What all parts take together. Errors: LIMIT. */
  static long bytes(RecurrentSizes sizes, Kernels kernels) {
    long state = MemoryBudget.aligned(Sizes.bytes(sizes.state(), kernels));
    long bias = MemoryBudget.aligned(Sizes.bytes(sizes.hidden(), kernels));
    long rows = Sizes.multiply(sizes.rows(), sizes.hidden());
    long inputs = MemoryBudget.aligned(Sizes.bytes(rows, kernels));
    long gate = Sizes.add(inputs, Sizes.add(state, bias));
    long states = Sizes.add(Sizes.multiply(state, 5), bias);
    return Sizes.add(Sizes.multiply(gate, sizes.gates()), states);
  }

  RecurrentSizes sizes() {
    return sizes;
  }

  /** product = state * R' of a gate, with the bias that is R's alone where wanted. */
  void product(Kernels kernels, int direction, int gate, MemorySegment state, boolean biased) {
    Epilogue epilogue = biased ? recurrentEpilogue : Epilogue.NONE;
    long at = (long) (direction * sizes.gates() + gate) * recurrent.elements(kernels);
    int k = recurrent.k();
    int n = recurrent.n();
    kernels.gemm(sizes.batch(), n, k, state, 0, k, recurrentPanels, at, product, 0, n, epilogue);
  }

  /** The last {@link #product(Kernels, int, int, MemorySegment, boolean)}, or other work. */
  MemorySegment product() {
    return product;
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
