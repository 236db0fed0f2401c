package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The primitives on float64, as plain loops: for tensors of that type, whatever the other set. */
final class DoubleKernels extends ComposedKernels {
  /** Roughly: there is nothing to choose. */
  private static final Rates RATES = new Rates(2, 8, 4, 3, 16, 200);

  DoubleKernels() {
    super(new DoubleBlocks(), null, null, null, null);
  }

  @Override
  public Rates rates() {
    return RATES;
  }

  @Override
  public String name() {
    return "float64";
  }

  @Override
  public int elementBytes() {
    return Double.BYTES;
  }

  @Override
  public void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      Doubles.set(y, yOffset + i, function.applyAsDouble(Doubles.get(x, xOffset + i)));
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
    long unpolled = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      unpolled = Cancellation.spend(unpolled, 1);
      double left = Doubles.get(a, aOffset + i * aStep);
      double right = Doubles.get(b, bOffset + i * bStep);
      Doubles.set(y, yOffset + i, function.applyAsDouble(left, right));
    }
  }

  @Override
  public void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    DoubleCells.lstm(cell, sample, inputRow, yRow);
  }

  @Override
  public void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    DoubleCells.gru(cell, sample, inputRow, yRow);
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
    long at = 0;
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      for (int c = 0; c < channels; c++) {
        left = Cancellation.spend(left, inner);
        double factor = Doubles.get(scale, c);
        double summand = Doubles.get(shift, c);
        for (long i = 0; i < inner; i++, at++) {
          Doubles.set(y, at, Doubles.get(x, at) * factor + summand);
        }
      }
    }
  }

  @Override
  public void softmax(
      MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    long left = Cancellation.EVERY;
    for (long o = 0; o < outer; o++) {
      for (long i = 0; i < inner; i++) {
        left = Cancellation.spend(left, n);
        slice(x, y, o * n * inner + i, n, inner, logarithm);
      }
    }
  }

  private static void slice(
      MemorySegment x, MemorySegment y, long offset, int n, long stride, boolean logarithm) {
    // A NaN may be missed here; it reaches the whole slice through the sum.
    double greatest = Double.NEGATIVE_INFINITY;
    long left = Cancellation.EVERY;
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      double value = Doubles.get(x, offset + i * stride);
      greatest = value > greatest ? value : greatest;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      sum += Math.exp(Doubles.get(x, offset + i * stride) - greatest);
    }
    double logSum = Math.log(sum);
    for (int i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      long at = offset + i * stride;
      double centred = Doubles.get(x, at) - greatest;
      Doubles.set(y, at, logarithm ? centred - logSum : Math.exp(centred) / sum);
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
      long at = row * columns;
      double mean = centred ? DoubleRows.sum(x, at, columns) / columns : 0;
      double factor = 1 / Math.sqrt(DoubleRows.squares(x, at, columns, mean) / columns + epsilon);
      for (long i = 0; i < columns; i++) {
        double value = (Doubles.get(x, at + i) - mean) * factor;
        value = scale == null ? value : value * Doubles.get(scale, i);
        Doubles.set(y, at + i, shift == null ? value : value + Doubles.get(shift, i));
      }
    }
  }

  @Override
  public void reduceRows(
      RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns) {
    long left = Cancellation.EVERY;
    for (long row = 0; row < rows; row++) {
      left = Cancellation.spend(left, columns);
      Doubles.set(y, row, DoubleRows.reduce(function, x, row * columns, columns));
    }
  }
}
