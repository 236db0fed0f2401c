package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Block operations on float64 as plain loops. */
final class DoubleBlocks implements BlockOperations {

  private static final int WIDTH = 4;
  private static final int HEIGHT = 4;

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
    return left >= HEIGHT ? HEIGHT : 1;
  }

  @Override
  public int panelsTogether(int rows, int left) {
    return 1;
  }

  @Override
  public MemorySegment rows(HotArrays arrays, int elements) {
    return arrays.rowsSegment(2 * elements);
  }

  private static final int SUMS = Math.max(Windows.SUMS, (Products.MOST_ROWS + HEIGHT) * WIDTH);

  @Override
  public void copyRun(int n, MemorySegment x, long from, HotArrays arrays, int to) {
    MemorySegment rows = arrays.rowsSegment(0);
    for (int i = 0; i < n; i++) {
      Doubles.set(rows, to + i, Doubles.get(x, from + i));
    }
  }

  @Override
  public void copyRuns(
      int rows, int n, MemorySegment x, long from, long step, HotArrays arrays, int to) {
    for (int i = 0; i < rows; i++) {
      copyRun(n, x, from + i * step, arrays, to + i * Products.PITCH);
    }
  }

  @Override
  public void clearRun(int n, HotArrays arrays, int to) {
    MemorySegment rows = arrays.rowsSegment(0);
    for (int i = 0; i < n; i++) {
      Doubles.set(rows, to + i, 0);
    }
  }

  @Override
  public void requireSums(HotArrays arrays, int elements) {
    arrays.wideSums(Math.max(SUMS, elements));
  }

  @Override
  public void loadSums(
      int rows,
      int columns,
      int pitch,
      HotArrays arrays,
      int to,
      MemorySegment c,
      long cAt,
      int ldc) {
    double[] sums = arrays.wideSums(0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        sums[to + i * pitch + j] = Doubles.get(c, cAt + (long) i * ldc + j);
      }
    }
  }

  @Override
  public void tile(
      boolean anew,
      int height,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long ahead,
      int stripe,
      int to) {
    tile(anew, height, k, arrays, at, to);
  }

  @Override
  public int panelsTogether(int rows, WeightStorage storage) {
    return 1;
  }

  @Override
  public void widen(int k, HotArrays arrays, StoredPanels panels, long panel, long panelPitch) {
    float[] narrow = arrays.panel(Products.K_BLOCK * WIDTH);
    PanelWidening.widen(panels, panel, panelPitch, k, WIDTH, arrays, narrow, 0);
    double[] to = arrays.widePanel(Products.K_BLOCK * WIDTH);
    for (int i = 0; i < k * WIDTH; i++) {
      to[i] = narrow[i];
    }
  }

  @Override
  public void fewRows(
      boolean anew,
      int rows,
      int together,
      int k,
      HotArrays arrays,
      int at,
      StoredPanels panels,
      long panel,
      long panelPitch) {
    widen(k, arrays, panels, panel, panelPitch);
    tile(anew, rows, k, arrays, at, 0);
  }

  @Override
  public void scaleSums(
      int rows, int pitch, HotArrays arrays, int from, MemorySegment scales, long scalesAt) {
    double[] sums = arrays.wideSums(0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < pitch; j++) {
        sums[from + i * pitch + j] *= Floats.get(scales, scalesAt + j);
      }
    }
  }

  @Override
  public void read(int k, HotArrays arrays, MemorySegment panels, long panel) {
    double[] to = arrays.widePanel(Products.K_BLOCK * WIDTH);
    for (int i = 0; i < k * WIDTH; i++) {
      to[i] = Doubles.get(panels, panel + i);
    }
  }

  @Override
  public void tile(boolean anew, int height, int k, HotArrays arrays, int at, int to) {
    if (anew) {
      Arrays.fill(arrays.wideSums(0), to, to + height * WIDTH, 0);
    }
    for (int i = 0; i < height; i++) {
      row(k, arrays, at + i * Products.PITCH, arrays.wideSums(0), to + i * WIDTH);
    }
  }

  private static void row(int k, HotArrays arrays, int a, double[] sums, int to) {
    MemorySegment rows = arrays.rowsSegment(0);
    double[] panel = arrays.widePanel(0);
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = 0; i < k; i++) {
      int at = i * WIDTH;
      double factor = Doubles.get(rows, a + i);
      s0 = factor * panel[at] + s0;
      s1 = factor * panel[at + 1] + s1;
      s2 = factor * panel[at + 2] + s2;
      s3 = factor * panel[at + 3] + s3;
    }
    sums[to] += s0;
    sums[to + 1] += s1;
    sums[to + 2] += s2;
    sums[to + 3] += s3;
  }

  @Override
  public void fewRows(
      boolean anew,
      int rows,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long panel,
      long panelPitch,
      int to) {
    read(k, arrays, panels, panel);
    tile(anew, rows, k, arrays, at, to);
  }

  @Override
  public void finishPanels(
      int rows,
      int columns,
      int pitch,
      int panelPitch,
      HotArrays arrays,
      int from,
      MemorySegment c,
      long cAt,
      int ldc,
      Epilogue epilogue,
      long biasAt) {
    MemorySegment bias = epilogue.bias();
    MemorySegment residual = epilogue.residual();
    UnaryFunction activation = epilogue.activation();
    for (int i = 0; i < rows; i++) {
      long row = cAt + (long) i * ldc;
      for (int j = 0; j < columns; j++) {
        double value = arrays.wideSums(0)[from + i * pitch + j / WIDTH * panelPitch + j % WIDTH];
        if (bias != null) {
          value += Doubles.get(bias, biasAt + j);
        }
        if (residual != null) {
          value += Doubles.get(residual, row + j);
        }
        Doubles.set(c, row + j, activation == null ? value : activation.applyAsDouble(value));
      }
    }
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
  public void copy(
      int n, MemorySegment from, long fromOffset, long fromStep, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Doubles.set(to, toOffset + i, Doubles.get(from, fromOffset + i * fromStep));
    }
  }

  @Override
  public void clear(int n, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Doubles.set(to, toOffset + i, 0);
    }
  }

  @Override
  public void fillSums(HotArrays arrays, int elements, double value) {
    Arrays.fill(arrays.wideSums(SUMS), 0, elements, value);
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
    double[] sums = arrays.wideSums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        long weight = taps.weights[t];
        for (int i = 0; i < n; i++) {
          int at = to + p * n + i;
          sums[at] += Doubles.get(x, from + i) * Doubles.get(weights, weight + i);
        }
      }
    }
  }

  @Override
  public void addTaps(int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    TapList taps = arrays.taps();
    double[] sums = arrays.wideSums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        for (int i = 0; i < n; i++) {
          sums[to + p * n + i] += Doubles.get(x, from + i);
        }
      }
    }
  }

  @Override
  public void maximumOfTaps(
      int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    TapList taps = arrays.taps();
    double[] sums = arrays.wideSums(0);
    for (int p = 0; p < pixels; p++) {
      for (int t = 0; t < taps.count(); t++) {
        long from = taps.places[t] + p * xStep;
        for (int i = 0; i < n; i++) {
          int at = to + p * n + i;
          sums[at] = Math.max(sums[at], Doubles.get(x, from + i));
        }
      }
    }
  }

  @Override
  public void divideSums(int elements, long divisor, HotArrays arrays, int to) {
    double[] sums = arrays.wideSums(0);
    for (int i = to; i < to + elements; i++) {
      sums[i] /= divisor;
    }
  }
}
