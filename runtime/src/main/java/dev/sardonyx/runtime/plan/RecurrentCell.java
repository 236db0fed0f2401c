package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.HotArrays;
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
  private final int first;
  private final MemorySegment sigmoids;
  private final UnaryFunction clip;
  private final long n;

  RecurrentCell(RecurrentOp op, Kernels kernels, RecurrentMemory memory) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    DType dtype = memory.sizes().dtype();
    one = Tensor.scalar(1f).dense().convert(dtype).segment();
    activations = RecurrentActivation.of(op, new Elements(dtype), kernels);
    first = memory.direction() * op.ownActivations().size();
    sigmoids = memory.gates(op instanceof RecurrentOp.RNN ? 1 : op.gates() - 1);
    float most = op.recurrence().clip();
    clip = new UnaryFunction.Clip(-most, most);
    n = memory.sizes().state();
  }

  /** Writes the next state, given the old one and the inputs' part of each gate. */
  void step(HotArrays arrays) {
    switch (op) {
      case RecurrentOp.RNN _ -> plain(arrays);
      case RecurrentOp.LSTM(_, boolean inputForget) -> memoryCell(inputForget, arrays);
      case RecurrentOp.GRU(_, boolean linearBeforeReset) -> gatedUnit(linearBeforeReset, arrays);
    }
  }

  private void plain(HotArrays arrays) {
    memory.addProducts(1, arrays);
    activate(0, memory.gate(0));
    memory.nextHidden().copyFrom(memory.gate(0));
  }

  /** Gates i, o, f, c. */
  private void memoryCell(boolean inputForget, HotArrays arrays) {
    MemorySegment input = memory.gate(0);
    MemorySegment output = memory.gate(1);
    MemorySegment forget = memory.gate(2);
    MemorySegment candidate = memory.gate(3);
    MemorySegment cell = memory.nextCell();
    memory.addProducts(4, arrays);
    boolean alone = inputForget || memory.peepholes().isPresent();
    if (alone) {
      addPeephole(0, memory.cell());
      activate(0, input);
    } else {
      activate(0, sigmoids); // i, o and f at once
    }
    if (inputForget) {
      binary(BinaryFunction.SUB, one, 0, input, forget);
    } else if (alone) {
      addPeephole(2, memory.cell());
      activate(0, forget);
    }
    activate(1, candidate);
    binary(BinaryFunction.MUL, forget, 1, memory.cell(), cell);
    binary(BinaryFunction.MUL, input, 1, candidate, candidate);
    binary(BinaryFunction.ADD, cell, 1, candidate, cell);
    if (alone) {
      addPeephole(1, cell);
      activate(0, output);
    }
    memory.nextHidden().copyFrom(cell);
    activations.get(first + 2).apply(memory.nextHidden(), n);
    binary(BinaryFunction.MUL, output, 1, memory.nextHidden(), memory.nextHidden());
  }

  /** Gates z, r, h. */
  private void gatedUnit(boolean linearBeforeReset, HotArrays arrays) {
    MemorySegment update = memory.gate(0);
    MemorySegment reset = memory.gate(1);
    MemorySegment candidate = memory.gate(2);
    MemorySegment next = memory.nextHidden();
    memory.addProducts(2, arrays);
    activate(0, sigmoids);
    if (linearBeforeReset) {
      memory.productApart(arrays);
      binary(BinaryFunction.MUL, memory.product(), 1, reset, next);
      binary(BinaryFunction.ADD, candidate, 1, next, candidate);
    } else {
      binary(BinaryFunction.MUL, memory.hidden(), 1, reset, next);
      memory.addProductOfNext(arrays);
    }
    activate(1, candidate);
    binary(BinaryFunction.SUB, memory.hidden(), 1, candidate, next);
    binary(BinaryFunction.MUL, next, 1, update, next);
    binary(BinaryFunction.ADD, next, 1, candidate, next);
  }

  /** gate += P * cell, where there are peepholes, which stand in the gates' order. */
  private void addPeephole(int gate, MemorySegment cell) {
    if (memory.peepholes().isEmpty()) {
      return;
    }
    MemorySegment weights = memory.peepholes().get();
    int hidden = memory.sizes().hidden();
    long from = (long) (memory.direction() * 3 + gate) * hidden;
    MemorySegment product = memory.product();
    for (long at = 0; at < n; at += hidden) {
      kernels.binary(BinaryFunction.MUL, weights, from, 1, cell, at, 1, product, at, hidden);
    }
    binary(BinaryFunction.ADD, memory.gate(gate), 1, product, memory.gate(gate));
  }

  private void activate(int which, MemorySegment gate) {
    long count = gate.byteSize() / kernels.elementBytes();
    if (op.recurrence().clip() > 0) {
      kernels.unary(clip, gate, gate, count);
    }
    activations.get(first + which).apply(gate, count);
  }

  private void binary(
      BinaryFunction function, MemorySegment a, int aStep, MemorySegment b, MemorySegment y) {
    kernels.binary(function, a, 0, aStep, b, 0, 1, y, 0, n);
  }
}
