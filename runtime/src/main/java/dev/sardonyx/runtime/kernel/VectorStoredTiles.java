package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tiles of the vector set on stored panels: few rows widen them in registers, others read them
 * from the memory that {@link #widen} fills. As in {@link VectorTileSet} they take turns with their
 * twins until C2 has compiled them.
 */
final class VectorStoredTiles {

  private static final int WIDTH = VectorProducts.WIDTH;

  /** Rows of the tallest tile. */
  static final int MOST_ROWS = 4;

  /** Vectors fused into sums while another vector function would do one. */
  private static final int FUSED = 100;

  private final WarmUp widening;
  private final WarmUp[] warmUps;

  VectorStoredTiles(Supplier<WarmUp> warmUp) {
    widening = warmUp.get();
    int count = WeightStorage.values().length * (MOST_ROWS + 1);
    warmUps = Stream.generate(warmUp).limit(count).toArray(WarmUp[]::new);
  }

  /** Whether so many rows have a tile of several panels. */
  static boolean has(WeightStorage storage, int rows, boolean tall) {
    boolean inRegisters =
        switch (storage) {
          case FLOAT32, FLOAT16, INT4 -> false;
          case BFLOAT16 -> true;
          case INT8 -> VectorFewRowsOfBytes.EXISTS;
        };
    return inRegisters && rows <= (tall ? MOST_ROWS : 1);
  }

  /** The panels side by side of such a tile. */
  static int together(int rows) {
    return rows <= 2 ? 4 : 2;
  }

  /** Leaves rows of a panel in the memory that {@link HotArrays#panelMemory} gives. */
  void widen(int k, StoredPanels panels, long from, long pitch, HotArrays arrays) {
    MemorySegment memory = arrays.panelMemory(Products.K_BLOCK * WIDTH);
    if (panels.storage() != WeightStorage.BFLOAT16) {
      plainly(k, panels, from, pitch, arrays, memory);
    } else if (widening.isOver()) {
      VectorFewRowsOfPairs.widen(k, panels.values(), from, memory);
    } else {
      long start = System.nanoTime();
      if (widening.isVectorsTurn(start)) {
        int tried = Math.min(k, widening.vectors());
        VectorFewRowsOfPairs.widen(tried, panels.values(), from, memory);
        widening.vectorTook(System.nanoTime() - start, 2L * tried);
        plainly(k, panels, from, pitch, arrays, memory);
      } else {
        plainly(k, panels, from, pitch, arrays, memory);
        widening.twinTook(System.nanoTime() - start);
      }
    }
  }

  private static void plainly(
      int k, StoredPanels panels, long from, long pitch, HotArrays arrays, MemorySegment to) {
    float[] panel = arrays.panel(k * WIDTH);
    PanelWidening.widen(panels, from, pitch, k, WIDTH, arrays, panel, 0);
    MemorySegment.copy(panel, 0, to, JAVA_FLOAT_UNALIGNED, 0, k * WIDTH);
  }

  /**
   * sums += rows * panels, for rows of which there is a tile.
   *
   * @param anew whether the sums are those products alone
   */
  void add(
      boolean anew,
      int rows,
      int k,
      HotArrays arrays,
      int at,
      StoredPanels panels,
      long from,
      long pitch) {
    int height = rows == 3 ? MOST_ROWS : rows;
    int count = height * together(rows) * WIDTH;
    WarmUp warmUp = warmUps[panels.storage().ordinal() * (MOST_ROWS + 1) + height];
    if (warmUp.isOver()) {
      inLanes(height, k, arrays, at, panels, from, pitch);
    } else {
      warmUp(warmUp, height, count, k, arrays, at, panels, from, pitch);
    }
    float[] tile = arrays.tile(0);
    float[] sums = arrays.sums(0);
    if (anew) {
      System.arraycopy(tile, 0, sums, 0, count);
    } else if (warmUp.isOver()) {
      VectorProducts.addVectors(count, tile, sums, 0);
    } else {
      VectorProducts.add(count, tile, sums, 0);
    }
  }

  /** A tile in turns of its two forms. */
  private static void warmUp(
      WarmUp warmUp,
      int height,
      int count,
      int k,
      HotArrays arrays,
      int at,
      StoredPanels panels,
      long from,
      long pitch) {
    long start = System.nanoTime();
    if (warmUp.isVectorsTurn(start)) {
      int tried = Math.min(k, warmUp.vectors());
      inLanes(height, tried, arrays, at, panels, from, pitch);
      warmUp.vectorTook(System.nanoTime() - start, (long) count / Lanes.COUNT * tried / FUSED + 1);
      twin(height, tried, k, arrays, at, panels, from, pitch);
    } else {
      Arrays.fill(arrays.tile(0), 0, count, 0);
      twin(height, 0, k, arrays, at, panels, from, pitch);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  /** Continues the sums of the tile from an element of k on. */
  private static void twin(
      int height,
      int done,
      int k,
      HotArrays arrays,
      int at,
      StoredPanels panels,
      long from,
      long pitch) {
    int together = together(height);
    float[][] rows = arrays.panelRows(Products.K_BLOCK, WIDTH);
    float[][] sums = arrays.sumRows(ScalarTile.HEIGHT, WIDTH);
    for (int i = 0; i < together; i++) {
      for (int row = done; row < k; row++) {
        long there = from + i * pitch + (long) row * WIDTH;
        PanelWidening.widen(panels, there, pitch, 1, WIDTH, arrays, rows[row], 0);
      }
      float[] tile = arrays.tile(0);
      ScalarTile.multiply(
          height, done, k, arrays.rows(), at, rows, WIDTH, tile, i * WIDTH, together * WIDTH, sums);
    }
  }

  private static void inLanes(
      int height, int k, HotArrays arrays, int at, StoredPanels panels, long from, long pitch) {
    float[] rows = arrays.rows();
    float[] tile = arrays.tile(0);
    if (panels.storage() == WeightStorage.INT8) {
      bytes(height, k, rows, at, panels.values(), from, pitch, tile);
    } else {
      pairs(height, k, rows, at, panels.values(), from, pitch, tile);
    }
  }

  private static void bytes(
      int height,
      int k,
      float[] rows,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      float[] tile) {
    switch (height) {
      case 1 -> VectorFewRowsOfBytes.rows1Panels4(k, rows, at, panels, from, pitch, tile);
      case 2 -> VectorFewRowsOfBytes.rows2Panels4(k, rows, at, panels, from, pitch, tile);
      default -> VectorFewRowsOfBytes.rows4Panels2(k, rows, at, panels, from, pitch, tile);
    }
  }

  private static void pairs(
      int height,
      int k,
      float[] rows,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      float[] tile) {
    switch (height) {
      case 1 -> VectorFewRowsOfPairs.rows1Panels4(k, rows, at, panels, from, pitch, tile);
      case 2 -> VectorFewRowsOfPairs.rows2Panels4(k, rows, at, panels, from, pitch, tile);
      default -> VectorFewRowsOfPairs.rows4Panels2(k, rows, at, panels, from, pitch, tile);
    }
  }
}
