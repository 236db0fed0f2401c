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
  private final Step projection;
  private final @Nullable MemorySegment lengths;

  /**
   * Binds a direction.
   *
   * @param weights W of this direction, gate by gate
   */
  RecurrentRun(
      RecurrentOp op,
      int direction,
      Kernels kernels,
      RecurrentMemory memory,
      StoredPanels weights,
      Buffers buffers) {
    this.op = op;
    this.kernels = kernels;
    this.memory = memory;
    this.buffers = buffers;
    this.direction = direction;
    sizes = memory.sizes();
    cell = new RecurrentCell(op, direction, kernels, memory, input(7), output(0));
    lengths = input(4);
    int k = sizes.input();
    int n = memory.gatesPitch();
    var rows = new MatrixRows(buffers.input(0), k, kernels.elementBytes());
    Epilogue epilogue = Epilogue.NONE.withBias(memory.bias());
    var product = new Product(n, k, rows, weights, memory.inputs(), n, epilogue);
    projection = new SharedProduct(kernels, product, sizes.rows(), buffers);
  }

  private @Nullable MemorySegment input(int index) {
    return index < buffers.inputs().size() ? buffers.inputs().get(index).orElse(null) : null;
  }

  private @Nullable MemorySegment output(int index) {
    return index < buffers.outputs().size() ? buffers.outputs().get(index).orElse(null) : null;
  }

  /** The inputs' part of all gates: X * W' and the biases that are added in any case. */
  void project() {
    memory.bias().fill((byte) 0);
    memory.recurrentBias().fill((byte) 0);
    for (int gate = 0; gate < sizes.gates(); gate++) {
      addBiases(gate);
    }
    projection.run();
  }

  /** Takes the states before the first step. */
  void start() {
    start(input(5), memory.hidden());
    start(op instanceof RecurrentOp.LSTM ? input(6) : null, memory.cell());
  }

  /** Leaves the states after the last step. */
  void finish() {
    finish(memory.hidden(), output(1));
    finish(memory.cell(), output(2));
  }

  /** Whether {@link #run} asks kernels for the same whatever the inputs are. */
  boolean repeats() {
    return lengths == null && cell.isFused();
  }

  /** All steps, after {@link #project} and {@link #start}. */
  void run(HotArrays arrays) {
    for (int step = 0; step < sizes.steps(); step++) {
      Cancellation.poll();
      memory.multiplyHidden(arrays);
      if (cell.resetsFirst()) {
        reset(step);
        memory.multiplyReset(arrays);
      }
      for (int sample = 0; sample < sizes.batch(); sample++) {
        Cancellation.poll();
        int position = position(step, sample);
        if (position >= 0) {
          long row = sizes.rowOfInput(position, sample);
          cell.step(sample, row, sizes.rowOfOutput(position, direction, sample));
        }
      }
    }
  }

  private void reset(int step) {
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int position = position(step, sample);
      if (position >= 0) {
        cell.reset(sample, sizes.rowOfInput(position, sample));
      }
    }
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
      return;
    }
    boolean apart = op instanceof RecurrentOp.GRU gru && gru.linearBeforeReset() && gate == 2;
    int hidden = sizes.hidden();
    long first = ((long) direction * 2 * sizes.gates() + gate) * hidden;
    long second = first + (long) sizes.gates() * hidden;
    long to = (long) gate * memory.pitch();
    if (apart) {
      copy(all, first, memory.bias(), to);
      copy(all, second, memory.recurrentBias(), to);
    } else {
      kernels.binary(BinaryFunction.ADD, all, first, 1, all, second, 1, memory.bias(), to, hidden);
    }
  }

  private void start(@Nullable MemorySegment from, MemorySegment state) {
    state.fill((byte) 0);
    for (int sample = 0; from != null && sample < sizes.batch(); sample++) {
      long row = sizes.rowOfState(direction, sample);
      copy(from, row * sizes.hidden(), state, (long) sample * memory.pitch());
    }
  }

  private void finish(MemorySegment state, @Nullable MemorySegment to) {
    for (int sample = 0; to != null && sample < sizes.batch(); sample++) {
      long row = sizes.rowOfState(direction, sample);
      copy(state, (long) sample * memory.pitch(), to, row * sizes.hidden());
    }
  }

  /** Copies one state's elements. */
  private void copy(MemorySegment from, long index, MemorySegment to, long toIndex) {
    long bytes = kernels.elementBytes();
    MemorySegment.copy(from, index * bytes, to, toIndex * bytes, sizes.hidden() * bytes);
  }
}
