package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.VectorTileSet.Kind;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Block operations over the Vector API. */
final class VectorBlocks implements BlockOperations {

  private static final int WIDTH = VectorProducts.WIDTH;

  private final VectorTileSet tiles;
  private final VectorStoredTiles stored;

  /** With warm-ups for its tiles that begin in a given state. */
  VectorBlocks(Supplier<WarmUp> warmUp) {
    tiles = new VectorTileSet(warmUp);
    stored = new VectorStoredTiles(warmUp);
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  /** Whether 32 registers hold the sums of 14 rows; else 16 hold those of 6. */
  static final boolean TALL = Lanes.COUNT == 16 || System.getProperty("os.arch").equals("aarch64");

  @Override
  public int tallest() {
    return TALL ? 14 : 6;
  }

  @Override
  public int height(int left) {
    if (TALL && left >= 9) {
      return left == 15 || left == 16 ? 8 : 14;
    }
    if (TALL && left >= 7) {
      return 8;
    }
    return left >= 5 ? 6 : left >= 3 ? 4 : left;
  }

  @Override
  public int panelsTogether(int rows, int left) {
    int most =
        switch (rows) {
          case 1 -> 4;
          case 2 -> TALL ? 4 : 2;
          case 3, 4 -> TALL ? 2 : 1;
          default -> 1;
        };
    return Math.min(most, left >= 4 ? 4 : left >= 2 ? 2 : 1);
  }

  @Override
  public MemorySegment rows(HotArrays arrays, int elements) {
    return arrays.rowsSegment(elements);
  }

  /** Elements of the sums of a block: rows beyond the last are computed as well. */
  private static final int SUMS = Math.max(Windows.SUMS, (Products.MOST_ROWS + 16) * WIDTH);

  @Override
  public void copyRun(int n, MemorySegment x, long from, HotArrays arrays, int to) {
    VectorWindows.copy(1, n, x, from, 0, arrays.rows(), to);
  }

  @Override
  public void copyRuns(
      int rows, int n, MemorySegment x, long from, long step, HotArrays arrays, int to) {
    VectorWindows.copy(rows, n, x, from, step, arrays.rows(), to);
  }

  @Override
  public void clearRun(int n, HotArrays arrays, int to) {
    if (n > 0) {
      Arrays.fill(arrays.rows(), to, to + n, 0f);
    }
  }

  @Override
  public void requireSums(HotArrays arrays, int elements) {
    arrays.sums(Math.max(SUMS, elements));
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
      long from = (cAt + (long) i * ldc) * Float.BYTES;
      MemorySegment.copy(c, JAVA_FLOAT_UNALIGNED, from, sums, to + i * pitch, columns);
    }
  }

  /** Tiles read panels from memory. */
  @Override
  public void read(int k, HotArrays arrays, MemorySegment panels, long panel) {
    grow(arrays);
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
    Kind kind = stripe > 0 && height > 4 ? Kind.AHEAD : Kind.MEMORY;
    int count = height * WIDTH;
    tiles.add(anew, kind, height, 1, k, arrays, at, panels, panel, 0, ahead, stripe, to, count);
  }

  @Override
  public void tile(boolean anew, int height, int k, HotArrays arrays, int at, int to) {
    MemorySegment panel = arrays.panelMemory();
    int count = height * WIDTH;
    tiles.add(anew, Kind.MEMORY, height, 1, k, arrays, at, panel, 0, 0, 0, 0, to, count);
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
    grow(arrays);
    int height = together > 1 && rows <= 2 ? rows : rows <= 4 ? 4 : !TALL ? 6 : rows <= 8 ? 8 : 14;
    int count = rows * together * WIDTH;
    Kind kind = together == 1 ? Kind.MEMORY : Kind.SEVERAL;
    tiles.add(
        anew, kind, height, together, k, arrays, at, panels, panel, panelPitch, 0, 0, to, count);
  }

  @Override
  public int panelsTogether(int rows, WeightStorage storage) {
    return VectorStoredTiles.has(storage, rows, TALL) ? VectorStoredTiles.together(rows) : 1;
  }

  @Override
  public void widen(int k, HotArrays arrays, StoredPanels panels, long panel, long panelPitch) {
    grow(arrays);
    stored.widen(k, panels, panel, panelPitch, arrays);
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
    grow(arrays);
    if (together > 1) {
      stored.add(anew, rows, k, arrays, at, panels, panel, panelPitch);
    } else {
      stored.widen(k, panels, panel, panelPitch, arrays);
      tile(anew, height(rows), k, arrays, at, 0);
    }
  }

  @Override
  public void scaleSums(
      int rows, int pitch, HotArrays arrays, int from, MemorySegment scales, long scalesAt) {
    PanelWidening.scale(rows, pitch, arrays, from, scales, scalesAt);
  }

  private static void grow(HotArrays arrays) {
    arrays.panel(Products.K_BLOCK * WIDTH);
    arrays.tile(SUMS);
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
    MemorySegment bias = epilogue.bias();
    MemorySegment residual = epilogue.residual();
    boolean bounded = epilogue.activation() != null;
    float low = bounded ? epilogue.low() : Float.NEGATIVE_INFINITY;
    float high = bounded ? epilogue.high() : Float.POSITIVE_INFINITY;
    if (columns == pitch && columns == WIDTH) {
      VectorRowsFinish.panels(rows, sums, from, bias, biasAt, residual, low, high, c, cAt, ldc);
      return;
    }
    if (columns == pitch && columns == Lanes.COUNT) {
      VectorRowsFinish.vectors(rows, sums, from, bias, biasAt, residual, low, high, c, cAt, ldc);
      return;
    }
    for (int i = 0; i < rows; i++) {
      long to = cAt + (long) i * ldc;
      VectorFinish.row(
          columns, sums, from + i * pitch, panelPitch, bias, biasAt, residual, low, high, c, to);
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
    int i = 0;
    if (fromStep == 1) {
      long fromAt = Lanes.bytes(from, fromOffset);
      long toAt = Lanes.bytes(to, toOffset);
      for (; i + Lanes.COUNT <= n; i += Lanes.COUNT) {
        Lanes.store(Lanes.load(from, fromAt, i), to, toAt, i);
      }
      if (i < n) {
        VectorMask<Float> rest = Lanes.SPECIES.indexInRange(i, n);
        FloatVector.fromMemorySegment(
                Lanes.SPECIES, from, (fromOffset + i) * Float.BYTES, Lanes.ORDER, rest)
            .intoMemorySegment(to, (toOffset + i) * Float.BYTES, Lanes.ORDER, rest);
      }
    } else {
      for (; i < n; i++) {
        Floats.set(to, toOffset + i, Floats.get(from, fromOffset + i * fromStep));
      }
    }
  }

  @Override
  public void clear(int n, MemorySegment to, long toOffset) {
    VectorRuns.fill(n, 0, to, toOffset);
  }

  @Override
  public void fillSums(HotArrays arrays, int elements, double value) {
    Arrays.fill(arrays.sums(Math.max(SUMS, elements)), 0, elements, (float) value);
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
    VectorWindows.addWeighted(pixels, n, arrays.taps(), x, xStep, weights, arrays.sums(0), to);
  }

  @Override
  public void addTaps(int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    VectorWindows.add(pixels, n, arrays.taps(), x, xStep, arrays.sums(0), to);
  }

  @Override
  public void maximumOfTaps(
      int pixels, int n, MemorySegment x, long xStep, HotArrays arrays, int to) {
    VectorWindows.maximum(pixels, n, arrays.taps(), x, xStep, arrays.sums(0), to);
  }

  @Override
  public void divideSums(int elements, long divisor, HotArrays arrays, int to) {
    float[] sums = arrays.sums(0);
    for (int i = to; i < to + elements; i++) {
      sums[i] /= divisor;
    }
  }
}
