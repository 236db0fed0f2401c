package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Block operations on float64 as plain loops. */
final class DoubleBlocks implements BlockOperations {

  private static final int WIDTH = 4;

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public double get(MemorySegment from, long index) {
    return Doubles.get(from, index);
  }

  @Override
  public void set(MemorySegment to, long index, double value) {
    Doubles.set(to, index, value);
  }

  @Override
  public void product(
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panels,
      long panelsOffset,
      MemorySegment c,
      long cOffset,
      int ldc) {
    for (int column = 0; column < n; column += WIDTH) {
      int columns = Math.min(WIDTH, n - column);
      long panel = panelsOffset + (long) column * k;
      for (int row = 0; row < m; row++) {
        long to = cOffset + (long) row * ldc + column;
        row(k, a, aOffset + (long) row * lda, panels, panel, c, to, columns);
      }
    }
  }

  private static void row(
      int k,
      MemorySegment a,
      long aOffset,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int columns) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      double factor = Doubles.get(a, aOffset + i);
      s0 += factor * Doubles.get(panel, at);
      s1 += factor * Doubles.get(panel, at + 1);
      s2 += factor * Doubles.get(panel, at + 2);
      s3 += factor * Doubles.get(panel, at + 3);
    }
    Doubles.set(c, cOffset, s0);
    if (columns > 1) {
      Doubles.set(c, cOffset + 1, s1);
    }
    if (columns > 2) {
      Doubles.set(c, cOffset + 2, s2);
    }
    if (columns > 3) {
      Doubles.set(c, cOffset + 3, s3);
    }
  }

  @Override
  public void finish(
      int m, int n, MemorySegment c, long cOffset, int ldc, Epilogue epilogue, long biasOffset) {
    MemorySegment bias = epilogue.bias();
    MemorySegment residual = epilogue.residual();
    boolean perRow = epilogue.axis() == Epilogue.BiasAxis.PER_ROW;
    boolean relu = epilogue.activation() == Epilogue.Activation.RELU;
    for (int i = 0; i < m; i++) {
      long row = cOffset + (long) i * ldc;
      for (int j = 0; j < n; j++) {
        double value = Doubles.get(c, row + j);
        value += bias == null ? 0 : Doubles.get(bias, biasOffset + (perRow ? i : j));
        value += residual == null ? 0 : Doubles.get(residual, row + j);
        Doubles.set(c, row + j, relu && value <= 0 ? 0 : value);
      }
    }
  }

  @Override
  public void copy(
      int n, MemorySegment from, long fromOffset, int fromStep, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Doubles.set(to, toOffset + i, Doubles.get(from, fromOffset + (long) i * fromStep));
    }
  }

  @Override
  public void clear(int n, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Doubles.set(to, toOffset + i, 0);
    }
  }

  @Override
  public void maximum(
      int n, MemorySegment x, long xOffset, int xStep, MemorySegment y, long yOffset) {
    for (int i = 0; i < n; i++) {
      double value = Doubles.get(x, xOffset + (long) i * xStep);
      Doubles.set(y, yOffset + i, Math.max(value, Doubles.get(y, yOffset + i)));
    }
  }

  @Override
  public void multiplyAdd(
      int n,
      double factor,
      MemorySegment x,
      long xOffset,
      int xStep,
      MemorySegment y,
      long yOffset) {
    for (int i = 0; i < n; i++) {
      double value = Doubles.get(x, xOffset + (long) i * xStep);
      Doubles.set(y, yOffset + i, Doubles.get(y, yOffset + i) + factor * value);
    }
  }
}
