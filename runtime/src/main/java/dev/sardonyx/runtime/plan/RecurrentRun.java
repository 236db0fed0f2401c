package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Recurrence.Direction;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Epilogue.BiasAxis;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer on its memory: for each direction the product of all inputs with W at once,
 * then step by step. Samples that end early keep their state, and their Y is 0 from there on.
 */
final class RecurrentRun {
  private final RecurrentOp op;
  private final Kernels kernels;
  private final RecurrentMemory memory;
  private final RecurrentSizes sizes;
  private final RecurrentCell cell;
  private final Panels panels;
  private final MemorySegment weights;
  private final Buffers buffers;
  private final long rowBytes;
  private final @Nullable MemorySegment lengths;

  RecurrentRun(
      RecurrentOp op,
      Kernels kernels,
      RecurrentMemory memory,
      Panels panels,
      MemorySegment weights,
      Buffers buffers) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    this.panels = panels;
    this.weights = weights;
    this.buffers = buffers;
    sizes = memory.sizes();
    cell = new RecurrentCell(op, kernels, memory);
    rowBytes = (long) sizes.hidden() * kernels.elementBytes();
    lengths = input(4);
  }

  private @Nullable MemorySegment input(int index) {
    return index < buffers.inputs().size() ? buffers.inputs().get(index).orElse(null) : null;
  }

  private @Nullable MemorySegment output(int index) {
    return index < buffers.outputs().size() ? buffers.outputs().get(index).orElse(null) : null;
  }

  void run() {
    requireLengths();
    MemorySegment y = output(0);
    if (y != null && lengths != null) {
      Memory.fill(y, (byte) 0);
    }
    for (int direction = 0; direction < sizes.directions(); direction++) {
      cell.turn(direction);
      project(direction);
      start(input(5), memory.hidden(), direction);
      start(op instanceof RecurrentOp.LSTM ? input(6) : null, memory.cell(), direction);
      for (int step = 0; step < sizes.steps(); step++) {
        Cancellation.poll();
        load(step, direction);
        cell.step();
        keep(step, direction, y);
      }
      finish(memory.hidden(), output(1), direction);
      finish(memory.cell(), output(2), direction);
    }
  }

  private void requireLengths() {
    for (int sample = 0; lengths != null && sample < sizes.batch(); sample++) {
      int length = length(sample);
      if (length < 0 || length > sizes.steps()) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            op.name()
                + ": sequence_lens must be within 0 and "
                + sizes.steps()
                + ", found "
                + length);
      }
    }
  }

  private int length(int sample) {
    return lengths == null
        ? sizes.steps()
        : lengths.get(JAVA_INT_UNALIGNED, (long) sample * Integer.BYTES);
  }

  /** The step of X that a sample takes as its step-th, or -1 where it has ended. */
  private int position(int step, int direction, int sample) {
    int length = length(sample);
    boolean reverse = direction == 1 || op.recurrence().direction() == Direction.REVERSE;
    return step >= length ? -1 : reverse ? length - 1 - step : step;
  }

  /** The inputs' part of all gates: X * W' and the biases that are added in any case. */
  private void project(int direction) {
    int k = panels.k();
    int n = panels.n();
    for (int gate = 0; gate < sizes.gates(); gate++) {
      addBiases(direction, gate);
      Epilogue epilogue = Epilogue.NONE.withBias(memory.bias(gate), BiasAxis.PER_COLUMN);
      long at = (long) (direction * sizes.gates() + gate) * panels.elements(kernels);
      MemorySegment to = memory.inputs(gate);
      kernels.gemm(sizes.rows(), n, k, buffers.input(0), 0, k, weights, at, to, 0, n, epilogue);
    }
  }

  /** B holds the biases of W, then those of R; where r comes after R, that of h stays with R. */
  private void addBiases(int direction, int gate) {
    MemorySegment all = input(3);
    boolean apart = op instanceof RecurrentOp.GRU gru && gru.linearBeforeReset() && gate == 2;
    long hidden = sizes.hidden();
    long first = ((long) direction * 2 * sizes.gates() + gate) * hidden;
    long second = first + sizes.gates() * hidden;
    var elements = new Elements(sizes.dtype());
    for (long i = 0; i < hidden; i++) {
      double ofW = all == null ? 0 : elements.real(all, first + i);
      double ofR = all == null ? 0 : elements.real(all, second + i);
      elements.real(memory.bias(gate), i, apart ? ofW : ofW + ofR);
      if (apart) {
        elements.real(memory.recurrentBias(), i, ofR);
      }
    }
  }

  private void start(@Nullable MemorySegment from, MemorySegment state, int direction) {
    if (from == null) {
      state.fill((byte) 0);
      return;
    }
    for (int sample = 0; sample < sizes.batch(); sample++) {
      copyRow(from, sizes.rowOfState(direction, sample), state, sample);
    }
  }

  private void finish(MemorySegment state, @Nullable MemorySegment to, int direction) {
    for (int sample = 0; to != null && sample < sizes.batch(); sample++) {
      copyRow(state, sample, to, sizes.rowOfState(direction, sample));
    }
  }

  private void load(int step, int direction) {
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int position = position(step, direction, sample);
      long row = sizes.rowOfInput(Math.max(position, 0), sample);
      for (int gate = 0; gate < sizes.gates(); gate++) {
        copyRow(memory.inputs(gate), row, memory.gate(gate), sample);
      }
    }
  }

  private void keep(int step, int direction, @Nullable MemorySegment y) {
    boolean lstm = op instanceof RecurrentOp.LSTM;
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int position = position(step, direction, sample);
      if (position < 0) {
        continue;
      }
      copyRow(memory.nextHidden(), sample, memory.hidden(), sample);
      if (lstm) {
        copyRow(memory.nextCell(), sample, memory.cell(), sample);
      }
      if (y != null) {
        copyRow(memory.nextHidden(), sample, y, sizes.rowOfOutput(position, direction, sample));
      }
    }
  }

  private void copyRow(MemorySegment from, long row, MemorySegment to, long toRow) {
    MemorySegment.copy(from, row * rowBytes, to, toRow * rowBytes, rowBytes);
  }
}
