package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tiles of the vector set. Each is computed in turns with its twin ({@link ScalarTile}) until
 * C2 has compiled it: a short sum is tried in lanes, which the twin continues.
 */
final class VectorTileSet {

  /** What a tile does with its panels. */
  enum Kind {
    /** Reads one from memory. */
    MEMORY,
    /** The same, and touches the one that comes next. */
    AHEAD,
    /** Reads some from memory, side by side. */
    SEVERAL
  }

  private static final int WIDTH = VectorProducts.WIDTH;
  private static final int HEIGHTS = 15;
  private static final int PANELS = 5;

  /** Vectors fused into sums while another vector function would do one. */
  private static final int FUSED = 100;

  private final WarmUp[] warmUps;

  VectorTileSet(Supplier<WarmUp> warmUp) {
    int count = Kind.values().length * HEIGHTS * PANELS;
    warmUps = Stream.generate(warmUp).limit(count).toArray(WarmUp[]::new);
  }

  /**
   * sums += rows * panels.
   *
   * @param anew whether the sums are those products alone
   * @param height rows for which there is a tile of the kind
   * @param together panels, side by side; 1 but for {@link Kind#SEVERAL}
   * @param at the first row in the array of rows
   * @param from where the first panel begins in memory
   * @param pitch from there to the next
   * @param ahead what {@link Kind#AHEAD} touches
   * @param stripe from a stripe of that to the next
   * @param to where the sums begin
   * @param count how many of them; more may be written where there is one panel
   */
  void add(
      boolean anew,
      Kind kind,
      int height,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      long ahead,
      int stripe,
      int to,
      int count) {
    WarmUp warmUp = warmUps[(kind.ordinal() * HEIGHTS + height) * PANELS + together];
    float[] tile = arrays.tile(0);
    float[] sums = arrays.sums(0);
    if (warmUp.isOver()) {
      if (anew && kind != Kind.SEVERAL) {
        inLanes(
            kind, height, together, k, arrays, at, panels, from, pitch, ahead, stripe, sums, to);
        return;
      }
      inLanes(kind, height, together, k, arrays, at, panels, from, pitch, ahead, stripe, tile, 0);
    } else {
      warmUp(warmUp, kind, height, together, k, arrays, at, panels, from, pitch, ahead, stripe);
    }
    if (anew) {
      System.arraycopy(tile, 0, sums, to, count);
    } else if (warmUp.isOver()) {
      VectorProducts.addVectors(count, tile, sums, to);
    } else {
      VectorProducts.add(count, tile, sums, to);
    }
  }

  /** A tile in turns of its two forms. */
  private static void warmUp(
      WarmUp warmUp,
      Kind kind,
      int height,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      long ahead,
      int stripe) {
    float[] tile = arrays.tile(0);
    long start = System.nanoTime();
    if (warmUp.isVectorsTurn(start)) {
      int tried = Math.min(k, warmUp.vectors());
      inLanes(
          kind, height, together, tried, arrays, at, panels, from, pitch, ahead, stripe, tile, 0);
      long vectors = 2L * height * together * tried;
      warmUp.vectorTook(System.nanoTime() - start, vectors / FUSED + 1);
      twin(kind, height, together, tried, k, arrays, at, panels, from, pitch);
    } else {
      Arrays.fill(tile, 0, height * together * WIDTH, 0);
      twin(kind, height, together, 0, k, arrays, at, panels, from, pitch);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  /** Continues the sums of the tile from an element of k on. */
  private static void twin(
      Kind kind,
      int height,
      int together,
      int done,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long from,
      long pitch) {
    float[] panel = arrays.panel(0);
    float[][] rows = arrays.panelRows(Products.K_BLOCK, WIDTH);
    for (int i = 0; i < together && done < k; i++) {
      long bytes = (from + i * pitch) * Float.BYTES;
      MemorySegment.copy(panels, JAVA_FLOAT_UNALIGNED, bytes, panel, 0, k * WIDTH);
      for (int row = done; row < k; row++) {
        System.arraycopy(panel, row * WIDTH, rows[row], 0, WIDTH);
      }
      float[][] sums = arrays.sumRows(ScalarTile.HEIGHT, WIDTH);
      float[] tile = arrays.tile(0);
      ScalarTile.multiply(
          height, done, k, arrays.rows(), at, rows, WIDTH, tile, i * WIDTH, together * WIDTH, sums);
    }
  }

  private static void inLanes(
      Kind kind,
      int height,
      int together,
      int k,
      HotArrays arrays,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      long ahead,
      int stripe,
      float[] tile,
      int to) {
    float[] rows = arrays.rows();
    switch (kind) {
      case MEMORY -> memory(height, k, rows, at, panels, from, tile, to);
      case AHEAD -> {
        int[] touched = arrays.touched();
        ahead(height, k, rows, at, panels, from, ahead, stripe, touched, tile, to);
      }
      case SEVERAL -> several(height, together, k, rows, at, panels, from, pitch, tile);
    }
  }

  private static void memory(
      int height,
      int k,
      float[] rows,
      int at,
      MemorySegment panels,
      long from,
      float[] tile,
      int to) {
    switch (height) {
      case 14 -> VectorProducts.rows14(k, rows, at, panels, from, tile, to);
      case 8 -> VectorProducts.rows8(k, rows, at, panels, from, tile, to);
      case 6 -> VectorProducts.rows6(k, rows, at, panels, from, tile, to);
      case 4 -> VectorProducts.rows4(k, rows, at, panels, from, tile, to);
      case 2 -> VectorProducts.rows2(k, rows, at, panels, from, tile, to);
      default -> VectorProducts.rows1(k, rows, at, panels, from, tile, to);
    }
  }

  private static void ahead(
      int height,
      int k,
      float[] rows,
      int at,
      MemorySegment panels,
      long from,
      long ahead,
      int stripe,
      int[] touched,
      float[] tile,
      int to) {
    switch (height) {
      case 14 ->
          VectorAheadTiles.rows14(k, rows, at, panels, from, ahead, stripe, touched, tile, to);
      case 8 -> VectorAheadTiles.rows8(k, rows, at, panels, from, ahead, stripe, touched, tile, to);
      default ->
          VectorAheadTiles.rows6(k, rows, at, panels, from, ahead, stripe, touched, tile, to);
    }
  }

  private static void several(
      int height,
      int together,
      int k,
      float[] rows,
      int at,
      MemorySegment panels,
      long from,
      long pitch,
      float[] tile) {
    switch (height) {
      case 1 -> {
        if (together == 4) {
          VectorFewRows.rows1Panels4(k, rows, at, panels, from, pitch, tile);
        } else {
          VectorFewRows.rows1Panels2(k, rows, at, panels, from, pitch, tile);
        }
      }
      case 2 -> {
        if (together == 4) {
          VectorFewRows.rows2Panels4(k, rows, at, panels, from, pitch, tile);
        } else {
          VectorFewRows.rows2Panels2(k, rows, at, panels, from, pitch, tile);
        }
      }
      default -> VectorFewRows.rows4Panels2(k, rows, at, panels, from, pitch, tile);
    }
  }
}
