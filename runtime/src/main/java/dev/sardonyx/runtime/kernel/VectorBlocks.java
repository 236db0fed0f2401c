package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Block operations over the Vector API. */
final class VectorBlocks implements BlockOperations {

  private static final int WIDTH = VectorTiles.WIDTH;

  /** 6 x 2 sums: C2 gives up on 8 x 2 over segments, and 16 registers would not hold them. */
  private static final int HEIGHT = 6;

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public double get(MemorySegment from, long index) {
    return Floats.get(from, index);
  }

  @Override
  public void set(MemorySegment to, long index, double value) {
    Floats.set(to, index, (float) value);
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
    if (m == 1 && n == 4 * WIDTH) {
      VectorTiles.row1Panels4(k, a, aOffset, panels, panelsOffset, c, cOffset);
      return;
    }
    int whole = n - n % WIDTH;
    for (int column = 0; column < whole; column += WIDTH) {
      long panel = panelsOffset + (long) column * k;
      tiles(m, k, a, aOffset, lda, panels, panel, c, cOffset + column, ldc);
    }
    if (whole < n) {
      long panel = panelsOffset + (long) whole * k;
      tails(m, n - whole, k, a, aOffset, lda, panels, panel, c, cOffset + whole, ldc);
    }
  }

  private static void tiles(
      int m,
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panels,
      long panel,
      MemorySegment c,
      long cOffset,
      int ldc) {
    int row = 0;
    while (row < m) {
      int height = tileHeight(m - row);
      long from = aOffset + (long) row * lda;
      long to = cOffset + (long) row * ldc;
      switch (height) {
        case 6 -> VectorTiles.rows6(k, a, from, lda, panels, panel, c, to, ldc);
        case 3 -> VectorTiles.rows3(k, a, from, lda, panels, panel, c, to, ldc);
        case 2 -> VectorTiles.rows2(k, a, from, lda, panels, panel, c, to, ldc);
        default -> VectorTiles.rows1(k, a, from, panels, panel, c, to);
      }
      row += height;
    }
  }

  /** Four rows are 2 + 2 and five 3 + 2: there are no tiles of those heights. */
  private static int tileHeight(int rows) {
    if (rows >= HEIGHT) {
      return HEIGHT;
    }
    return rows == 3 || rows == 5 ? 3 : Math.min(rows, 2);
  }

  private static void tails(
      int m,
      int columns,
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panels,
      long panel,
      MemorySegment c,
      long cOffset,
      int ldc) {
    int row = 0;
    for (; row + 2 <= m; row += 2) {
      long from = aOffset + (long) row * lda;
      long to = cOffset + (long) row * ldc;
      VectorTiles.rows2Tail(k, a, from, lda, panels, panel, c, to, ldc, columns);
    }
    if (row < m) {
      long from = aOffset + (long) row * lda;
      VectorTiles.rows1Tail(k, a, from, panels, panel, c, cOffset + (long) row * ldc, columns);
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
      if (bias != null && perRow) {
        float value = Floats.get(bias, biasOffset + i);
        VectorRuns.affine(n, c, row, 1, value, c, row);
      } else if (bias != null) {
        VectorRuns.add(n, c, row, bias, biasOffset, c, row);
      }
      if (residual != null) {
        VectorRuns.add(n, c, row, residual, row, c, row);
      }
      if (relu) {
        VectorRuns.relu(n, c, row, c, row);
      }
    }
  }

  @Override
  public void copy(
      int n, MemorySegment from, long fromOffset, int fromStep, MemorySegment to, long toOffset) {
    int i = 0;
    if (fromStep == 1) {
      for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
        Lanes.store(Lanes.load(from, fromOffset + i), to, toOffset + i);
      }
      if (i < n) {
        VectorMask<Float> rest = Lanes.first(n - i);
        Lanes.store(Lanes.load(from, fromOffset + i, rest), to, toOffset + i, rest);
      }
    } else {
      for (; i < n; i++) {
        Floats.set(to, toOffset + i, Floats.get(from, fromOffset + (long) i * fromStep));
      }
    }
  }

  @Override
  public void clear(int n, MemorySegment to, long toOffset) {
    VectorRuns.fill(n, 0, to, toOffset);
  }

  @Override
  public void maximum(
      int n, MemorySegment x, long xOffset, int xStep, MemorySegment y, long yOffset) {
    int i = 0;
    if (xStep == 1) {
      for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
        FloatVector larger = Lanes.load(x, xOffset + i).max(Lanes.load(y, yOffset + i));
        Lanes.store(larger, y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      float value = Floats.get(x, xOffset + (long) i * xStep);
      Floats.set(y, yOffset + i, Math.max(value, Floats.get(y, yOffset + i)));
    }
  }

  @Override
  public void multiplyAdd(
      int n, double by, MemorySegment x, long xOffset, int xStep, MemorySegment y, long yOffset) {
    float factor = (float) by;
    if (xStep != 1) {
      for (int i = 0; i < n; i++) {
        float value = Floats.get(x, xOffset + (long) i * xStep);
        Floats.set(y, yOffset + i, Math.fma(factor, value, Floats.get(y, yOffset + i)));
      }
      return;
    }
    FloatVector factors = Lanes.all(factor);
    int i = 0;
    for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
      FloatVector sum = factors.fma(Lanes.load(x, xOffset + i), Lanes.load(y, yOffset + i));
      Lanes.store(sum, y, yOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = Lanes.first(n - i);
      FloatVector values = Lanes.load(x, xOffset + i, rest);
      Lanes.store(factors.fma(values, Lanes.load(y, yOffset + i, rest)), y, yOffset + i, rest);
    }
  }
}
