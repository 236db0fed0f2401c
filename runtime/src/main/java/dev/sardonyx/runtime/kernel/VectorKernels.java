package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Vector API. Load this class only where the module jdk.incubator.vector is in the boot layer.
 */
final class VectorKernels extends ComposedKernels {
  /** Fitted to the times of 37 convolutions of 16 to 512 channels on a Zen 5, with 512 bits. */
  private static final Rates RATES = new Rates(90, 24, 30, 20, 16, 200);

  /** Runs are cut so that loops count in int and can be ended. */
  private static final int LONGEST = 1 << 18;

  private final Supplier<WarmUp> warmUp;
  private final Map<Class<?>, WarmUp> curves = new ConcurrentHashMap<>();
  private final WarmUp rows;
  private final WarmUp columns;
  private final WarmUp cells;
  private final WarmUp units;
  private final VectorTurn turn;

  /** With warm-ups that begin in a given state, one for each curve, cell, softmax and tile. */
  VectorKernels(Supplier<WarmUp> warmUp) {
    super(
        new VectorBlocks(warmUp),
        new VectorTransforms(),
        new VectorPlanes(warmUp.get()),
        new VectorNine(warmUp.get()),
        new VectorChain(warmUp));
    this.warmUp = warmUp;
    rows = warmUp.get();
    columns = warmUp.get();
    cells = warmUp.get();
    units = warmUp.get();
    turn = new VectorTurn(warmUp.get());
  }

  /** Typed by the interface, so that a caller's verification does not load this class. */
  static Kernels create() {
    return new VectorKernels(WarmUp::begin);
  }

  /** Bits in a vector of this machine. */
  static int vectorBits() {
    return Lanes.SPECIES.vectorBitSize();
  }

  @Override
  public Rates rates() {
    return RATES;
  }

  @Override
  public String name() {
    return "vector (" + vectorBits() + " bits)";
  }

  @Override
  public void packTransposed(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long columnStride,
      MemorySegment panels,
      long panelsOffset,
      HotArrays arrays) {
    turn.pack(b, bOffset, k, n, columnStride, panels, panelsOffset, arrays);
  }

  @Override
  public void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    WarmUp curve = curves.get(function.getClass());
    TwinCurves.Twin twin = curve != null && curve.isOver() ? null : TwinCurves.of(function);
    if (twin == null) {
      VectorUnary.apply(function, x, xOffset, y, yOffset, n);
    } else {
      WarmUp begun = curves.computeIfAbsent(function.getClass(), _ -> warmUp.get());
      VectorUnary.apply(function, twin, begun, x, xOffset, y, yOffset, n);
    }
  }

  @Override
  public boolean loops(Operation operation) {
    boolean lanes =
        switch (operation) {
          case Operation.Unary unary -> VectorUnary.has(unary.function());
          case Operation.Binary binary -> VectorBinary.has(binary.function());
        };
    return !lanes && LoopCode.has(operation);
  }

  @Override
  public void binary(
      BinaryFunction function,
      MemorySegment a,
      long aOffset,
      int aStep,
      MemorySegment b,
      long bOffset,
      int bStep,
      MemorySegment y,
      long yOffset,
      long n) {
    if (!VectorBinary.has(function)) {
      ScalarBinary.apply(function, a, aOffset, aStep, b, bOffset, bStep, y, yOffset, n);
      return;
    }
    for (long at = 0; at < n; at += LONGEST) {
      Cancellation.poll();
      int run = (int) Math.min(LONGEST, n - at);
      long left = aOffset + at * aStep;
      long right = bOffset + at * bStep;
      long to = yOffset + at;
      if (bStep != 0 && aStep != 0) {
        VectorBinary.runs(function, run, a, left, b, right, y, to);
      } else if (aStep != 0) {
        VectorBinary.valueRight(function, run, a, left, Floats.get(b, right), y, to);
      } else if (bStep != 0) {
        VectorBinary.valueLeft(function, run, Floats.get(a, left), b, right, y, to);
      } else {
        float one = Floats.get(b, right);
        VectorRuns.fill(run, Floats.get(a, left), y, to);
        VectorBinary.valueRight(function, run, y, to, one, y, to);
      }
    }
  }

  @Override
  public void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    if (cells.isOver()) {
      VectorCells.lstm(cell, sample, inputRow, yRow);
      return;
    }
    long start = System.nanoTime();
    if (cells.isVectorsTurn(start)) {
      VectorCells.lstm(cell, sample, inputRow, yRow);
      cells.vectorTook(System.nanoTime() - start, 5L * cell.pitch() / Lanes.COUNT);
    } else {
      TwinCells.lstm(cell, sample, inputRow, yRow);
      cells.twinTook(System.nanoTime() - start);
    }
  }

  @Override
  public void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    if (units.isOver()) {
      VectorCells.gru(cell, sample, inputRow, yRow);
      return;
    }
    long start = System.nanoTime();
    if (units.isVectorsTurn(start)) {
      VectorCells.gru(cell, sample, inputRow, yRow);
      units.vectorTook(System.nanoTime() - start, 3L * cell.pitch() / Lanes.COUNT);
    } else {
      TwinCells.gru(cell, sample, inputRow, yRow);
      units.twinTook(System.nanoTime() - start);
    }
  }

  @Override
  public void scaleShift(
      MemorySegment x,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long outer,
      int channels,
      long inner) {
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      left = Cancellation.spend(left, channels);
      if (inner == 1) {
        VectorRuns.multiplyAdd(channels, x, o * channels, scale, shift, y, o * channels);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        float factor = Floats.get(scale, c);
        float summand = Floats.get(shift, c);
        for (long i = 0; i < inner; i += LONGEST) {
          left = Cancellation.spend(left, Math.min(LONGEST, inner - i));
          int run = (int) Math.min(LONGEST, inner - i);
          long at = (o * channels + c) * inner + i;
          VectorRuns.affine(run, x, at, factor, summand, y, at);
        }
      }
    }
  }

  @Override
  public void softmax(
      MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      left = Cancellation.spend(left, n);
      long at = o * n * inner;
      if (inner == 1) {
        softmaxRow(x, y, at, n, logarithm);
        continue;
      }
      for (long i = 0; i < inner; i += Lanes.COUNT) {
        left = Cancellation.spend(left, (long) n * Lanes.COUNT);
        int lanes = (int) Math.min(Lanes.COUNT, inner - i);
        softmaxColumns(x, y, at + i, n, inner, lanes, logarithm);
      }
    }
  }

  private void softmaxRow(MemorySegment x, MemorySegment y, long at, int n, boolean logarithm) {
    if (rows.isOver()) {
      VectorSoftmax.row(x, y, at, n, logarithm);
      return;
    }
    long start = System.nanoTime();
    if (rows.isVectorsTurn(start)) {
      VectorSoftmax.row(x, y, at, n, logarithm);
      rows.vectorTook(System.nanoTime() - start, n / Lanes.COUNT + 1);
    } else {
      TwinSoftmax.row(x, y, at, n, logarithm);
      rows.twinTook(System.nanoTime() - start);
    }
  }

  private void softmaxColumns(
      MemorySegment x, MemorySegment y, long at, int n, long stride, int lanes, boolean logarithm) {
    if (columns.isOver()) {
      VectorSoftmax.columns(x, y, at, n, stride, lanes, logarithm);
      return;
    }
    long start = System.nanoTime();
    if (columns.isVectorsTurn(start)) {
      VectorSoftmax.columns(x, y, at, n, stride, lanes, logarithm);
      columns.vectorTook(System.nanoTime() - start, n);
    } else {
      TwinSoftmax.columns(x, y, at, n, stride, lanes, logarithm);
      columns.twinTook(System.nanoTime() - start);
    }
  }

  @Override
  public void normalizeRows(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long rows,
      long columns) {
    long left = Cancellation.EVERY;
    for (long row = 0; row < rows; row++) {
      left = Cancellation.spend(left, columns);
      VectorNormalization.row(centred, epsilon, x, scale, shift, y, row * columns, columns);
    }
  }

  @Override
  public void reduceRows(
      RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns) {
    long left = Cancellation.EVERY;
    for (long row = 0; row < rows; row++) {
      left = Cancellation.spend(left, columns);
      Floats.set(y, row, VectorRows.reduce(function, x, row * columns, columns));
    }
  }
}
