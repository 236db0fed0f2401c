package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One step of one direction, for all samples at once: from a state to the next. */
final class RecurrentCell {
  private final RecurrentOp op;
  private final Kernels kernels;
  private final RecurrentMemory memory;
  private final MemorySegment one;
  private final List<RecurrentActivation> activations;
  private final int perDirection;
  private final long n;
  private int direction;

  RecurrentCell(RecurrentOp op, Kernels kernels, RecurrentMemory memory) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    DType dtype = memory.sizes().dtype();
    one = Tensor.scalar(1f).dense().convert(dtype).segment();
    activations = RecurrentActivation.of(op, new Elements(dtype), kernels);
    perDirection = op.ownActivations().size();
    n = memory.sizes().state();
  }

  /** What follows belongs to this direction. */
  void turn(int to) {
    direction = to;
  }

  /** Writes the next state, given the old one and the inputs' part of each gate. */
  void step() {
    switch (op) {
      case RecurrentOp.RNN _ -> plain();
      case RecurrentOp.LSTM(_, boolean inputForget) -> memoryCell(inputForget);
      case RecurrentOp.GRU(_, boolean linearBeforeReset) -> gatedUnit(linearBeforeReset);
    }
  }

  private void plain() {
    addProduct(0, memory.hidden());
    activate(0, memory.gate(0));
    memory.nextHidden().copyFrom(memory.gate(0));
  }

  /** Gates i, o, f, c. */
  private void memoryCell(boolean inputForget) {
    MemorySegment input = memory.gate(0);
    MemorySegment output = memory.gate(1);
    MemorySegment forget = memory.gate(2);
    MemorySegment candidate = memory.gate(3);
    MemorySegment cell = memory.nextCell();
    for (int gate = 0; gate < 4; gate++) {
      addProduct(gate, memory.hidden());
    }
    addPeephole(0, memory.cell());
    activate(0, input);
    if (inputForget) {
      binary(BinaryFunction.SUB, one, 0, input, forget);
    } else {
      addPeephole(2, memory.cell());
      activate(0, forget);
    }
    activate(1, candidate);
    binary(BinaryFunction.MUL, forget, 1, memory.cell(), cell);
    binary(BinaryFunction.MUL, input, 1, candidate, candidate);
    binary(BinaryFunction.ADD, cell, 1, candidate, cell);
    addPeephole(1, cell);
    activate(0, output);
    memory.nextHidden().copyFrom(cell);
    activations.get(direction * perDirection + 2).apply(memory.nextHidden(), n);
    binary(BinaryFunction.MUL, output, 1, memory.nextHidden(), memory.nextHidden());
  }

  /** Gates z, r, h. */
  private void gatedUnit(boolean linearBeforeReset) {
    MemorySegment update = memory.gate(0);
    MemorySegment reset = memory.gate(1);
    MemorySegment candidate = memory.gate(2);
    MemorySegment next = memory.nextHidden();
    addProduct(0, memory.hidden());
    addProduct(1, memory.hidden());
    activate(0, update);
    activate(0, reset);
    if (linearBeforeReset) {
      memory.product(kernels, direction, 2, memory.hidden(), true);
      binary(BinaryFunction.MUL, memory.product(), 1, reset, next);
      binary(BinaryFunction.ADD, candidate, 1, next, candidate);
    } else {
      binary(BinaryFunction.MUL, memory.hidden(), 1, reset, next);
      addProduct(2, next);
    }
    activate(1, candidate);
    binary(BinaryFunction.SUB, memory.hidden(), 1, candidate, next);
    binary(BinaryFunction.MUL, next, 1, update, next);
    binary(BinaryFunction.ADD, next, 1, candidate, next);
  }

  /** gate += state * R'. */
  private void addProduct(int gate, MemorySegment state) {
    memory.product(kernels, direction, gate, state, false);
    binary(BinaryFunction.ADD, memory.gate(gate), 1, memory.product(), memory.gate(gate));
  }

  /** gate += P * cell, where there are peepholes, which stand in the gates' order. */
  private void addPeephole(int gate, MemorySegment cell) {
    if (memory.peepholes().isEmpty()) {
      return;
    }
    MemorySegment weights = memory.peepholes().get();
    int hidden = memory.sizes().hidden();
    long from = (long) (direction * 3 + gate) * hidden;
    MemorySegment product = memory.product();
    for (long at = 0; at < n; at += hidden) {
      kernels.binary(BinaryFunction.MUL, weights, from, 1, cell, at, 1, product, at, hidden);
    }
    binary(BinaryFunction.ADD, memory.gate(gate), 1, product, memory.gate(gate));
  }

  private void activate(int which, MemorySegment gate) {
    float clip = op.recurrence().clip();
    if (clip > 0) {
      kernels.unary(new UnaryFunction.Clip(-clip, clip), gate, gate, n);
    }
    activations.get(direction * perDirection + which).apply(gate, n);
  }

  private void binary(
      BinaryFunction function, MemorySegment a, int aStep, MemorySegment b, MemorySegment y) {
    kernels.binary(function, a, 0, aStep, b, 0, 1, y, 0, n);
  }
}
