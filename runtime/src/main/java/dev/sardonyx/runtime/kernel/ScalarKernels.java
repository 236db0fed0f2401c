package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Plain loops; functions are computed in double and rounded once. */
final class ScalarKernels extends ComposedKernels {
  /** Of loops that the JVM turns into vectors, roughly. */
  private static final Rates RATES = new Rates(12, 8, 4, 3, 16, 200);

  ScalarKernels(int panelWidth) {
    super(new ScalarBlocks(panelWidth), new ScalarTransforms(), null, null, null);
  }

  @Override
  public Rates rates() {
    return RATES;
  }

  @Override
  public String name() {
    int width = panelWidth();
    return width == ScalarBlocks.WIDTH ? "scalar" : "scalar (panels of " + width + " columns)";
  }

  @Override
  public void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    ScalarUnary.apply(function, x, xOffset, y, yOffset, n);
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
    ScalarBinary.apply(function, a, aOffset, aStep, b, bOffset, bStep, y, yOffset, n);
  }

  @Override
  public void lstm(GatedCell cell, int sample, long inputRow, long yRow) {
    TwinCells.lstm(cell, sample, inputRow, yRow);
  }

  @Override
  public void gru(GatedCell cell, int sample, long inputRow, long yRow) {
    TwinCells.gru(cell, sample, inputRow, yRow);
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
        float factor = Floats.get(scale, c);
        float summand = Floats.get(shift, c);
        for (long i = 0; i < inner; i++, at++) {
          Floats.set(y, at, Math.fma(Floats.get(x, at), factor, summand));
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
        ScalarSoftmax.slice(x, y, o * n * inner + i, n, inner, logarithm);
      }
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
      ScalarNormalization.row(centred, epsilon, x, scale, shift, y, row * columns, columns);
    }
  }

  @Override
  public void reduceRows(
      RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns) {
    long left = Cancellation.EVERY;
    for (long row = 0; row < rows; row++) {
      left = Cancellation.spend(left, columns);
      Floats.set(y, row, ScalarRows.reduce(function, x, row * columns, columns));
    }
  }
}
