package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Block operations as plain loops. */
final class ScalarBlocks implements BlockOperations {

  /** Long enough for the loops of {@link ScalarTile}; many layers have just so many channels. */
  static final int WIDTH = 64;

  private static final int HEIGHT = ScalarTile.HEIGHT;

  private final int width;
  private final int leastSums;

  /**
   * Block operations on panels of a width.
   *
   * @throws IllegalArgumentException if it is not even, or less than 2: panels of bfloat16 hold
   *     pairs
   */
  ScalarBlocks(int width) {
    if (width < 2 || width % 2 != 0) {
      throw new IllegalArgumentException(
          "the width of a panel must be even and at least 2 (was %d)".formatted(width));
    }
    this.width = width;
    leastSums = Math.max(Windows.SUMS, (Products.MOST_ROWS + HEIGHT) * width);
  }

  @Override
  public int panelWidth() {
    return width;
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
  public int panelsTogether(int rows, int left) {
    return 1;
  }

  @Override
  public MemorySegment rows(HotArrays arrays, int elements) {
    return arrays.rowsSegment(elements);
  }

  @Override
  public void copyRun(int n, MemorySegment x, long from, HotArrays arrays, int to) {
    if (n > 0) { // else it may begin in the padding
      MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, arrays.rows(), to, n);
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
    if (n > 0) {
      Arrays.fill(arrays.rows(), to, to + n, 0f);
    }
  }

  @Override
  public void requireSums(HotArrays arrays, int elements) {
    arrays.sums(Math.max(leastSums, elements));
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
    float[] sums = arrays.sums(0);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        sums[to + i * pitch + j] = Floats.get(c, cAt + (long) i * ldc + j);
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
    float[][] rows = arrays.panelRows(Products.K_BLOCK, width);
    for (int i = 0; i < k; i++) {
      long row = panel + (long) i * width;
      PanelWidening.widen(panels, row, panelPitch, 1, width, arrays, rows[i], 0);
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
    tile(anew, height(rows), k, arrays, at, 0);
  }

  @Override
  public void scaleSums(
      int rows, int pitch, HotArrays arrays, int from, MemorySegment scales, long scalesAt) {
    PanelWidening.scale(rows, pitch, arrays, from, scales, scalesAt);
  }

  /** Each row of the panel becomes an array of its own. */
  @Override
  public void read(int k, HotArrays arrays, MemorySegment panels, long panel) {
    float[][] rows = arrays.panelRows(Products.K_BLOCK, width);
    if (width == WIDTH) {
      readUsual(k, rows, panels, panel);
      return;
    }
    for (int i = 0; i < k; i++) {
      long from = (panel + (long) i * width) * Float.BYTES;
      MemorySegment.copy(panels, JAVA_FLOAT_UNALIGNED, from, rows[i], 0, width);
    }
  }

  /** C2 makes a copy of so many elements as a constant says faster. */
  private static void readUsual(int k, float[][] rows, MemorySegment panels, long panel) {
    for (int i = 0; i < k; i++) {
      long from = (panel + (long) i * WIDTH) * Float.BYTES;
      MemorySegment.copy(panels, JAVA_FLOAT_UNALIGNED, from, rows[i], 0, WIDTH);
    }
  }

  @Override
  public void tile(boolean anew, int height, int k, HotArrays arrays, int at, int to) {
    if (anew) {
      Arrays.fill(arrays.sums(0), to, to + height * width, 0);
    }
    float[] tile = arrays.tile(HEIGHT * width);
    Arrays.fill(tile, 0, height * width, 0);
    float[][] panel = arrays.panelRows(0, 0);
    float[][] rows = arrays.sumRows(HEIGHT, width);
    ScalarTile.multiply(height, 0, k, arrays.rows(), at, panel, width, tile, 0, width, rows);
    float[] sums = arrays.sums(0);
    for (int i = 0; i < height * width; i++) {
      sums[to + i] += tile[i];
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
      MemorySegment panels,
      long panel,
      long panelPitch,
      int to) {
    read(k, arrays, panels, panel);
    tile(anew, height(rows), k, arrays, at, to);
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
    float[] sums = arrays.sums(0);
    float[] line = arrays.sumRows(HEIGHT, width)[0];
    float[] addend = arrays.sumRows(HEIGHT, width)[1];
    boolean bounded = epilogue.activation() != null;
    for (int j = 0; j < columns; j += width) {
      int n = Math.min(width, columns - j);
      for (int i = 0; i < rows; i++) {
        long to = cAt + (long) i * ldc + j;
        System.arraycopy(sums, from + i * pitch + j / width * panelPitch, line, 0, n);
        if (epilogue.bias() != null) {
          add(n, epilogue.bias(), biasAt + j, addend, line);
        }
        if (epilogue.residual() != null) {
          add(n, epilogue.residual(), to, addend, line);
        }
        if (bounded) {
          bound(n, epilogue.low(), epilogue.high(), line);
        }
        MemorySegment.copy(line, 0, c, JAVA_FLOAT_UNALIGNED, to * Float.BYTES, n);
      }
    }
  }

  /** C2 makes lanes of loops over whole arrays, not over segments. */
  private static void add(int n, MemorySegment from, long at, float[] addend, float[] line) {
    MemorySegment.copy(from, JAVA_FLOAT_UNALIGNED, at * Float.BYTES, addend, 0, n);
    for (int j = 0; j < n; j++) {
      line[j] += addend[j];
    }
  }

  private static void bound(int n, float low, float high, float[] line) {
    for (int j = 0; j < n; j++) {
      line[j] = Math.min(Math.max(line[j], low), high);
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
  public void copy(
      int n, MemorySegment from, long fromOffset, long fromStep, MemorySegment to, long toOffset) {
    for (int i = 0; i < n; i++) {
      Floats.set(to, toOffset + i, Floats.get(from, fromOffset + i * fromStep));
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
    Arrays.fill(arrays.sums(Math.max(leastSums, elements)), 0, elements, (float) value);
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
    float[] sums = arrays.sums(0);
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < n; i += WIDTH) {
        int at = to + p * n + i;
        maximum(Math.min(WIDTH, n - i), x, p * xStep + i, arrays, sums, at);
      }
    }
  }

  private static void maximum(
      int n, MemorySegment x, long offset, HotArrays arrays, float[] sums, int at) {
    TapList taps = arrays.taps();
    float[] line = arrays.sumRows(HEIGHT, WIDTH)[0];
    float[] tap = arrays.sumRows(HEIGHT, WIDTH)[1];
    System.arraycopy(sums, at, line, 0, n);
    for (int t = 0; t < taps.count(); t++) {
      long from = (taps.places[t] + offset) * Float.BYTES;
      MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, from, tap, 0, n);
      larger(n, tap, line);
    }
    System.arraycopy(line, 0, sums, at, n);
  }

  private static void larger(int n, float[] tap, float[] line) {
    for (int j = 0; j < n; j++) {
      line[j] = Math.max(line[j], tap[j]);
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
