package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of one direction for one sample, from the products of its state to the next state: a
 * kernel's where there is one, else operation by operation.
 */
final class RecurrentCell {
  private final RecurrentOp op;
  private final Kernels kernels;
  private final RecurrentMemory memory;
  private final int direction;
  private final GatedCell gatedCell;
  private final boolean fused;
  private final @Nullable MemorySegment peepholes;
  private final MemorySegment one;
  private final List<RecurrentActivation> activations;
  private final UnaryFunction clip;
  private final int n;
  private final int pitch;

  RecurrentCell(
      RecurrentOp op,
      int direction,
      Kernels kernels,
      RecurrentMemory memory,
      @Nullable MemorySegment peepholes,
      @Nullable MemorySegment y) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    this.direction = direction;
    this.peepholes = peepholes;
    gatedCell = memory.gatedCell(y);
    DType dtype = memory.sizes().dtype();
    one = Tensor.scalar(1f).dense().convert(dtype).segment();
    int own = op.ownActivations().size();
    activations =
        RecurrentActivation.of(op, new Elements(dtype), kernels)
            .subList(direction * own, (direction + 1) * own);
    float most = op.recurrence().clip();
    clip = new UnaryFunction.Clip(-most, most);
    n = memory.sizes().hidden();
    pitch = memory.pitch();
    fused = hasKernel();
  }

  private boolean hasKernel() {
    int own = op.ownActivations().size();
    List<String> names = op.activations().subList(direction * own, (direction + 1) * own);
    boolean plain = op.recurrence().clip() <= 0 && names.equals(op.ownActivations());
    return plain
        && switch (op) {
          case RecurrentOp.RNN _ -> false;
          case RecurrentOp.LSTM lstm -> !lstm.inputForget() && peepholes == null;
          case RecurrentOp.GRU gru -> gru.linearBeforeReset();
        };
  }

  /** Whether a step is one kernel. */
  boolean isFused() {
    return fused;
  }

  /** Whether {@link #reset} comes first. */
  boolean resetsFirst() {
    return op instanceof RecurrentOp.GRU gru && !gru.linearBeforeReset();
  }

  /** What is to be multiplied by R' of the last gate. */
  void reset(int sample, long inputRow) {
    long at = (long) sample * memory.gatesPitch();
    long state = (long) sample * pitch;
    updateAndReset(at, inputRow);
    MemorySegment gates = memory.products();
    binary(BinaryFunction.MUL, gates, at + pitch, memory.hidden(), state, memory.reset(), state);
  }

  /** Writes the next state over the old one, and to a row of Y. */
  void step(int sample, long inputRow, long yRow) {
    if (fused) {
      if (op instanceof RecurrentOp.LSTM) {
        kernels.lstm(gatedCell, sample, inputRow, yRow);
      } else {
        kernels.gru(gatedCell, sample, inputRow, yRow);
      }
      return;
    }
    long state = (long) sample * pitch;
    switch (op) {
      case RecurrentOp.RNN _ -> {
        addInputs(state, inputRow, 0, 1);
        activate(0, memory.products(), state, memory.hidden(), state);
      }
      case RecurrentOp.LSTM(_, boolean inputForget) ->
          memoryCell(inputForget, 4 * state, inputRow, state);
      case RecurrentOp.GRU(_, boolean linearBeforeReset) ->
          gatedUnit(linearBeforeReset, 3 * state, inputRow, state);
    }
    leave(state, yRow);
  }

  private void leave(long state, long yRow) {
    MemorySegment y = gatedCell.y();
    if (y != null) {
      long bytes = kernels.elementBytes();
      MemorySegment.copy(memory.hidden(), state * bytes, y, yRow * n * bytes, n * bytes);
    }
  }

  /** Gates i, o, f, c. */
  private void memoryCell(boolean inputForget, long input, long inputRow, long state) {
    MemorySegment gates = memory.products();
    MemorySegment cell = memory.cell();
    long output = input + pitch;
    long forget = output + pitch;
    long candidate = forget + pitch;
    addInputs(input, inputRow, 0, 4);
    addPeephole(0, input, state);
    activate(0, gates, input, gates, input);
    if (inputForget) {
      kernels.binary(BinaryFunction.SUB, one, 0, 0, gates, input, 1, gates, forget, n);
    } else {
      addPeephole(2, forget, state);
      activate(0, gates, forget, gates, forget);
    }
    activate(1, gates, candidate, gates, candidate);
    binary(BinaryFunction.MUL, gates, forget, cell, state, cell, state);
    binary(BinaryFunction.MUL, gates, input, gates, candidate, gates, candidate);
    binary(BinaryFunction.ADD, cell, state, gates, candidate, cell, state);
    addPeephole(1, output, state);
    activate(0, gates, output, gates, output);
    MemorySegment hidden = memory.hidden();
    activations.get(2).apply(cell, state, hidden, state, n);
    binary(BinaryFunction.MUL, gates, output, hidden, state, hidden, state);
  }

  /** Gates z, r, h. */
  private void gatedUnit(boolean linearBeforeReset, long update, long inputRow, long state) {
    MemorySegment gates = memory.products();
    MemorySegment hidden = memory.hidden();
    long reset = update + pitch;
    long candidate = reset + pitch;
    if (linearBeforeReset) {
      updateAndReset(update, inputRow);
      binary(BinaryFunction.MUL, gates, reset, gates, candidate, gates, candidate);
    }
    addInputs(update, inputRow, 2, 1);
    activate(1, gates, candidate, gates, candidate);
    binary(BinaryFunction.SUB, hidden, state, gates, candidate, hidden, state);
    binary(BinaryFunction.MUL, hidden, state, gates, update, hidden, state);
    binary(BinaryFunction.ADD, hidden, state, gates, candidate, hidden, state);
  }

  private void updateAndReset(long at, long inputRow) {
    MemorySegment gates = memory.products();
    addInputs(at, inputRow, 0, 2);
    activate(0, gates, at, gates, at);
    activate(0, gates, at + pitch, gates, at + pitch);
  }

  /** Some gates of a sample, whose first begins at an index, += what the inputs give to them. */
  private void addInputs(long at, long inputRow, int from, int count) {
    MemorySegment gates = memory.products();
    long input = inputRow * memory.gatesPitch() + (long) from * pitch;
    long gate = at + (long) from * pitch;
    kernels.binary(
        BinaryFunction.ADD,
        gates,
        gate,
        1,
        memory.inputs(),
        input,
        1,
        gates,
        gate,
        (long) count * pitch);
  }

  /** gate += P * cell, where there are peepholes, which stand in the gates' order. */
  private void addPeephole(int gate, long at, long state) {
    if (peepholes != null) {
      long from = (direction * 3L + gate) * n;
      MemorySegment gates = memory.products();
      binary(BinaryFunction.MUL, peepholes, from, memory.cell(), state, memory.work(), 0);
      binary(BinaryFunction.ADD, gates, at, memory.work(), 0, gates, at);
    }
  }

  private void activate(int which, MemorySegment x, long xAt, MemorySegment y, long yAt) {
    if (op.recurrence().clip() > 0) {
      kernels.unary(clip, x, xAt, x, xAt, n);
    }
    activations.get(which).apply(x, xAt, y, yAt, n);
  }

  private void binary(
      BinaryFunction function,
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      MemorySegment y,
      long yAt) {
    kernels.binary(function, a, aAt, 1, b, bAt, 1, y, yAt, n);
  }
}
