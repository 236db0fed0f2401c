package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done of each element, and of rows of them. */
abstract class ElementKernels extends ProductKernels {
  private final MachineElements elements = new MachineElements(library, vectors);
  private final MachinePrograms programs = new MachinePrograms(library, vectors, this);

  private final MachineCells cells = new MachineCells(library, vectors);
  private final MachineRows rows = new MachineRows(library, vectors);

  private final Trials unary = new Trials(new ElementTrials.Unary(this));
  private final Trials binary = new Trials(new ElementTrials.Binary(this));
  private final Trials scaleShift = new Trials(new ElementTrials.ScaleShift(this));
  private final Trials steps = new Trials(new CellTrial(this));
  private final Trials softmax = new Trials(new RowTrials.Softmax(this));
  private final Trials reductions = new Trials(new RowTrials.Reductions(this));
  private final Trials normalizations = new Trials(new RowTrials.Normalizations(this));

  ElementKernels(Processor.Level level, Supplier<Kernels> next) {
    super(level, next);
  }

  @Override
  List<Trials> trials() {
    List<Trials> trials = new ArrayList<>(super.trials());
    trials.addAll(List.of(unary, binary, scaleShift, steps, softmax, reductions, normalizations));
    trials.add(new Trials(new ProgramTrial(this)));
    return trials;
  }

  @Override
  public void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    if (ElementFormulas.has(function)
        && x.isNative()
        && y.isNative()
        && unary.pass(UnaryNumbers.number(function))) {
      elements.unary(function, x, xOffset, y, yOffset, n);
    } else {
      next().unary(function, x, xOffset, y, yOffset, n);
    }
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
    if (ElementFormulas.has(function)
        && areNative(a, b, y)
        && binary.pass(MachineElements.number(function, aStep, bStep))) {
      elements.binary(function, a, aOffset, aStep, b, bOffset, bStep, y, yOffset, n);
    } else {
      next().binary(function, a, aOffset, aStep, b, bOffset, bStep, y, yOffset, n);
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
    if (areNative(x, scale, y) && shift.isNative() && scaleShift.pass(inner > 1 ? 1 : 0)) {
      elements.scaleShift(x, scale, shift, y, outer, channels, inner);
    } else {
      next().scaleShift(x, scale, shift, y, outer, channels, inner);
    }
  }

  @Override
  public FusedElementwise fuse(ElementwiseProgram program, LoopCache loops) {
    FusedElementwise fused = programs.fuse(program, () -> next().fuse(program, loops));
    return fused == null ? oneByOne(program, loops) : fused;
  }

  @Override
  public boolean loops(Operation operation) {
    boolean own =
        switch (operation) {
          case Operation.Unary unary -> ElementFormulas.has(unary.function());
          case Operation.Binary binary -> ElementFormulas.has(binary.function());
        };
    return !own && next().loops(operation);
  }

  @Override
  public void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    if (cells.takes(cell, true) && steps.pass(MachineCells.LSTM)) {
      cells.lstm(cell, sample, inputRow, yRow);
    } else {
      next().lstm(cell, sample, inputRow, yRow);
    }
  }

  @Override
  public void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    if (cells.takes(cell, false) && steps.pass(MachineCells.GRU)) {
      cells.gru(cell, sample, inputRow, yRow);
    } else {
      next().gru(cell, sample, inputRow, yRow);
    }
  }

  @Override
  public void softmax(
      MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    if (MachineRows.takes(n)
        && x.isNative()
        && y.isNative()
        && softmax.pass(MachineRows.softmaxNumber(inner, logarithm))) {
      rows.softmax(x, y, outer, n, inner, logarithm);
    } else {
      next().softmax(x, y, outer, n, inner, logarithm);
    }
  }

  @Override
  public void reduceRows(
      RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns) {
    boolean own = ReductionCode.has(function) && MachineRows.takes(columns);
    if (own && x.isNative() && y.isNative() && reductions.pass(function.ordinal())) {
      this.rows.reduce(function, x, y, rows, columns);
    } else {
      next().reduceRows(function, x, y, rows, columns);
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
    boolean columnsAreNative =
        (scale == null || scale.isNative()) && (shift == null || shift.isNative());
    if (MachineRows.takes(columns)
        && x.isNative()
        && y.isNative()
        && columnsAreNative
        && normalizations.pass(MachineRows.normalization(centred, scale, shift))) {
      this.rows.normalize(centred, epsilon, x, scale, shift, y, rows, columns);
    } else {
      next().normalizeRows(centred, epsilon, x, scale, shift, y, rows, columns);
    }
  }

  private static boolean areNative(MemorySegment a, MemorySegment b, MemorySegment c) {
    return a.isNative() && b.isNative() && c.isNative();
  }
}
