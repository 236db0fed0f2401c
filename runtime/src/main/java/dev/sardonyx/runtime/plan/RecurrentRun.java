package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Recurrence.Direction;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a recurrent layer on its memory: the product of all inputs with W at once, then
 * step by step. Samples that end early keep their state, and their Y is 0 from there on.
 */
final class RecurrentRun {
  private final RecurrentOp op;
  private final Kernels kernels;
  private final RecurrentMemory memory;
  private final RecurrentSizes sizes;
  private final RecurrentCell cell;
  private final Buffers buffers;
  private final int direction;
  private final List<Step> projections = new ArrayList<>();
  private final long rowBytes;
  private final @Nullable MemorySegment lengths;

  RecurrentRun(
      RecurrentOp op,
      Kernels kernels,
      RecurrentMemory memory,
      Panels panels,
      StoredPanels weights,
      Buffers buffers) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    this.buffers = buffers;
    sizes = memory.sizes();
    direction = memory.direction();
    cell = new RecurrentCell(op, kernels, memory);
    rowBytes = (long) sizes.hidden() * kernels.elementBytes();
    lengths = input(4);
    var rows = new MatrixRows(buffers.input(0), panels.k(), kernels.elementBytes());
    for (int gate = 0; gate < sizes.gates(); gate++) {
      long index = (long) direction * sizes.gates() + gate;
      StoredPanels right = weights.matrix(index, panels.k(), panels.n(), kernels);
      Epilogue epilogue = Epilogue.NONE.withBias(memory.bias(gate));
      int n = panels.n();
      var product = new Product(n, panels.k(), rows, right, memory.inputs(gate), n, epilogue);
      projections.add(new SharedProduct(kernels, product, sizes.rows(), buffers));
    }
  }

  private @Nullable MemorySegment input(int index) {
    return index < buffers.inputs().size() ? buffers.inputs().get(index).orElse(null) : null;
  }

  private @Nullable MemorySegment output(int index) {
    return index < buffers.outputs().size() ? buffers.outputs().get(index).orElse(null) : null;
  }

  /** The inputs' part of all gates: X * W' and the biases that are added in any case. */
  void project() {
    for (int gate = 0; gate < sizes.gates(); gate++) {
      addBiases(gate);
      projections.get(gate).run();
    }
  }

  /** All steps, after {@link #project}. */
  void run(HotArrays arrays) {
    MemorySegment y = output(0);
    start(input(5), memory.hidden());
    start(op instanceof RecurrentOp.LSTM ? input(6) : null, memory.cell());
    for (int step = 0; step < sizes.steps(); step++) {
      Cancellation.poll();
      load(step);
      cell.step(arrays);
      keep(step, y);
    }
    finish(memory.hidden(), output(1));
    finish(memory.cell(), output(2));
  }

  /** Checks the lengths, and clears Y where samples may end early. Errors: ARGUMENT. */
  void prepare() {
    MemorySegment y = output(0);
    requireLengths();
    if (y != null && lengths != null) {
      Memory.fill(y, (byte) 0);
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
  private int position(int step, int sample) {
    int length = length(sample);
    boolean reverse = direction == 1 || op.recurrence().direction() == Direction.REVERSE;
    return step >= length ? -1 : reverse ? length - 1 - step : step;
  }

  /** B holds the biases of W, then those of R; where r comes after R, that of h stays with R. */
  private void addBiases(int gate) {
    MemorySegment all = input(3);
    if (all == null) {
      memory.bias(gate).fill((byte) 0);
      memory.recurrentBias().fill((byte) 0);
      return;
    }
    boolean apart = op instanceof RecurrentOp.GRU gru && gru.linearBeforeReset() && gate == 2;
    long hidden = sizes.hidden();
    long first = ((long) direction * 2 * sizes.gates() + gate) * hidden;
    long second = first + sizes.gates() * hidden;
    if (apart) {
      copyRow(all, first / hidden, memory.bias(gate), 0);
      copyRow(all, second / hidden, memory.recurrentBias(), 0);
    } else {
      kernels.binary(
          BinaryFunction.ADD, all, first, 1, all, second, 1, memory.bias(gate), 0, hidden);
    }
  }

  private void start(@Nullable MemorySegment from, MemorySegment state) {
    if (from == null) {
      state.fill((byte) 0);
      return;
    }
    for (int sample = 0; sample < sizes.batch(); sample++) {
      copyRow(from, sizes.rowOfState(direction, sample), state, sample);
    }
  }

  private void finish(MemorySegment state, @Nullable MemorySegment to) {
    for (int sample = 0; to != null && sample < sizes.batch(); sample++) {
      copyRow(state, sample, to, sizes.rowOfState(direction, sample));
    }
  }

  private void load(int step) {
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int position = position(step, sample);
      long row = sizes.rowOfInput(Math.max(position, 0), sample);
      for (int gate = 0; gate < sizes.gates(); gate++) {
        copyRow(memory.inputs(gate), row, memory.gate(gate), sample);
      }
    }
  }

  private void keep(int step, @Nullable MemorySegment y) {
    boolean lstm = op instanceof RecurrentOp.LSTM;
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int position = position(step, sample);
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
