package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Block operations as plain loops. */
final class ScalarBlocks implements BlockOperations {

  /** Long enough for the loops of {@link ScalarTile}. */
  private static final int WIDTH = 128;

  private static final int HEIGHT = ScalarTile.HEIGHT;

  /** Columns of which the old product computes at a time. */
  private static final int GROUP = 4;

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public int tallest() {
    return HEIGHT;
  }

  @Override
  public int height(int left) {
    return left == 1 ? 1 : HEIGHT;
  }

  @Override
  public int panelsTogether(int rows) {
    return 1;
  }

  @Override
  public MemorySegment rows(HotArrays arrays, int elements) {
    return arrays.rowsSegment(elements);
  }

  private static final int SUMS = Math.max(Windows.SUMS, (Products.MOST_ROWS + HEIGHT) * WIDTH);

  @Override
  public void clearSums(HotArrays arrays, int elements) {
    Arrays.fill(arrays.sums(SUMS), 0, elements, 0);
  }

  @Override
  public void loadSums(
      int rows, int columns, int pitch, HotArrays arrays, MemorySegment c, long cAt, int ldc) {
    float[] sums = arrays.sums(SUMS);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        sums[i * pitch + j] = Floats.get(c, cAt + (long) i * ldc + j);
      }
    }
  }

  @Override
  public int firstHeight(int rows) {
    return height(rows);
  }

  @Override
  public void firstTile(
      int height, int k, HotArrays arrays, int at, MemorySegment panels, long panel) {
    loadPanel(arrays, k, panels, panel);
    tile(height, k, arrays, at, 0);
  }

  /** Each row of the panel becomes an array of its own. */
  private static void loadPanel(HotArrays arrays, int k, MemorySegment panels, long panel) {
    float[][] rows = arrays.panelRows(Products.K_BLOCK, WIDTH);
    for (int i = 0; i < k; i++) {
      long from = (panel + (long) i * WIDTH) * Float.BYTES;
      MemorySegment.copy(panels, JAVA_FLOAT_UNALIGNED, from, rows[i], 0, WIDTH);
    }
  }

  @Override
  public void tile(int height, int k, HotArrays arrays, int at, int to) {
    float[] tile = arrays.tile(HEIGHT * WIDTH);
    Arrays.fill(tile, 0, height * WIDTH, 0);
    float[][] panel = arrays.panelRows(0, 0);
    float[][] rows = arrays.sumRows(HEIGHT, WIDTH);
    ScalarTile.multiply(height, 0, k, arrays.rows(), at, panel, WIDTH, tile, 0, WIDTH, rows);
    float[] sums = arrays.sums(0);
    for (int i = 0; i < height * WIDTH; i++) {
      sums[to + i] += tile[i];
    }
  }

  @Override
  public void fewRows(
      int rows,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long panelPitch) {
    loadPanel(arrays, k, panels, panel);
    tile(height(rows), k, arrays, at, 0);
  }

  @Override
  public void finishSums(
      int rows,
      int columns,
      int pitch,
      HotArrays arrays,
      MemorySegment c,
      long cAt,
      int ldc,
      Epilogue epilogue,
      long biasAt) {
    MemorySegment bias = epilogue.bias();
    MemorySegment residual = epilogue.residual();
    boolean relu = epilogue.activation() == Epilogue.Activation.RELU;
    for (int i = 0; i < rows; i++) {
      long row = cAt + (long) i * ldc;
      for (int j = 0; j < columns; j++) {
        float value = arrays.sums(0)[i * pitch + j];
        if (bias != null) {
          value += Floats.get(bias, biasAt + j);
        }
        if (residual != null) {
          value += Floats.get(residual, row + j);
        }
        Floats.set(c, row + j, relu && value <= 0 ? 0 : value);
      }
    }
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
    for (int column = 0; column < n; column += GROUP) {
      int columns = Math.min(GROUP, n - column);
      long panel = panelsOffset + (long) (column - column % WIDTH) * k + column % WIDTH;
      int row = 0;
      for (; row + HEIGHT <= m; row += HEIGHT) {
        long aRow = aOffset + (long) row * lda;
        long cRow = cOffset + (long) row * ldc + column;
        fourRows(k, a, aRow, lda, panels, panel, c, cRow, ldc, columns);
      }
      for (; row < m; row++) {
        long aRow = aOffset + (long) row * lda;
        oneRow(k, a, aRow, panels, panel, c, cOffset + (long) row * ldc + column, columns);
      }
    }
  }

  private static void fourRows(
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int ldc,
      int columns) {
    float s00 = 0, s01 = 0, s02 = 0, s03 = 0;
    float s10 = 0, s11 = 0, s12 = 0, s13 = 0;
    float s20 = 0, s21 = 0, s22 = 0, s23 = 0;
    float s30 = 0, s31 = 0, s32 = 0, s33 = 0;
    long row1 = aOffset + lda;
    long row2 = row1 + lda;
    long row3 = row2 + lda;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      float b0 = Floats.get(panel, at);
      float b1 = Floats.get(panel, at + 1);
      float b2 = Floats.get(panel, at + 2);
      float b3 = Floats.get(panel, at + 3);
      float a0 = Floats.get(a, aOffset + i);
      s00 = Math.fma(a0, b0, s00);
      s01 = Math.fma(a0, b1, s01);
      s02 = Math.fma(a0, b2, s02);
      s03 = Math.fma(a0, b3, s03);
      float a1 = Floats.get(a, row1 + i);
      s10 = Math.fma(a1, b0, s10);
      s11 = Math.fma(a1, b1, s11);
      s12 = Math.fma(a1, b2, s12);
      s13 = Math.fma(a1, b3, s13);
      float a2 = Floats.get(a, row2 + i);
      s20 = Math.fma(a2, b0, s20);
      s21 = Math.fma(a2, b1, s21);
      s22 = Math.fma(a2, b2, s22);
      s23 = Math.fma(a2, b3, s23);
      float a3 = Floats.get(a, row3 + i);
      s30 = Math.fma(a3, b0, s30);
      s31 = Math.fma(a3, b1, s31);
      s32 = Math.fma(a3, b2, s32);
      s33 = Math.fma(a3, b3, s33);
    }
    store(c, cOffset, columns, s00, s01, s02, s03);
    store(c, cOffset + ldc, columns, s10, s11, s12, s13);
    store(c, cOffset + 2L * ldc, columns, s20, s21, s22, s23);
    store(c, cOffset + 3L * ldc, columns, s30, s31, s32, s33);
  }

  private static void oneRow(
      int k,
      MemorySegment a,
      long aOffset,
      MemorySegment panel,
      long panelOffset,
      MemorySegment c,
      long cOffset,
      int columns) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (int i = 0; i < k; i++) {
      long at = panelOffset + (long) i * WIDTH;
      float factor = Floats.get(a, aOffset + i);
      s0 = Math.fma(factor, Floats.get(panel, at), s0);
      s1 = Math.fma(factor, Floats.get(panel, at + 1), s1);
      s2 = Math.fma(factor, Floats.get(panel, at + 2), s2);
      s3 = Math.fma(factor, Floats.get(panel, at + 3), s3);
    }
    store(c, cOffset, columns, s0, s1, s2, s3);
  }

  private static void store(
      MemorySegment c, long offset, int columns, float s0, float s1, float s2, float s3) {
    Floats.set(c, offset, s0);
    if (columns > 1) {
      Floats.set(c, offset + 1, s1);
    }
    if (columns > 2) {
      Floats.set(c, offset + 2, s2);
    }
    if (columns > 3) {
      Floats.set(c, offset + 3, s3);
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
        float value = Floats.get(c, row + j);
        if (bias != null) {
          value += Floats.get(bias, biasOffset + (perRow ? i : j));
        }
        if (residual != null) {
          value += Floats.get(residual, row + j);
        }
        Floats.set(c, row + j, relu && value <= 0 ? 0 : value);
      }
    }
  }

  @Override
  public void copy(
      int n, MemorySegment from, long fromOffset, int fromStep, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Floats.set(to, toOffset + i, Floats.get(from, fromOffset + (long) i * fromStep));
    }
  }

  @Override
  public void clear(int n, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Floats.set(to, toOffset + i, 0);
    }
  }

  @Override
  public void fillSums(HotArrays arrays, int elements, double value) {
    Arrays.fill(arrays.sums(SUMS), 0, elements, (float) value);
  }

  @Override
  public void addWeightedTaps(
      int pixels,
      int n,
      MemorySegment x,
      long xStep,
      MemorySegment weights,
      HotArrays arrays,
      int to) {
    TapList taps = arrays.taps();
    float[] sums = arrays.sums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        long weight = taps.weights[t];
        for (int i = 0; i < n; i++) {
          int at = to + p * n + i;
          sums[at] = Math.fma(Floats.get(x, from + i), Floats.get(weights, weight + i), sums[at]);
        }
      }
    }
  }

  @Override
  public void addTaps(int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    TapList taps = arrays.taps();
    float[] sums = arrays.sums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        for (int i = 0; i < n; i++) {
          sums[to + p * n + i] += Floats.get(x, from + i);
        }
      }
    }
  }

  @Override
  public void maximumOfTaps(
      int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    TapList taps = arrays.taps();
    float[] sums = arrays.sums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        for (int i = 0; i < n; i++) {
          int at = to + p * n + i;
          sums[at] = Math.max(sums[at], Floats.get(x, from + i));
        }
      }
    }
  }

  @Override
  public void divideSums(int elements, long divisor, HotArrays arrays, int to) {
    float[] sums = arrays.sums(0);
    for (int i = to; i < to + elements; i++) {
      sums[i] /= divisor;
    }
  }
}
