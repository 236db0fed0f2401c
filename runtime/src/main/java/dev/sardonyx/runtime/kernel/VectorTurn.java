package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Packs a right operand whose columns lie as rows, such as the keys of attention: some rows go into
 * an array of the thread, from where gathering takes a third of the time of single elements. These
 * serve until C2 has compiled the gathering; both move the same bits.
 */
final class VectorTurn {
  private static final int WIDTH = VectorProducts.WIDTH;

  /** Where the rows of an array lie, from the first lane's. */
  private static final int[] ROWS = rows();

  private final WarmUp warmUp;

  VectorTurn(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  private static int[] rows() {
    var rows = new int[Lanes.COUNT];
    for (int lane = 0; lane < rows.length; lane++) {
      rows[lane] = lane * Products.PITCH;
    }
    return rows;
  }

  /** See {@link Kernels#packTransposed}. */
  void pack(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long columnStride,
      MemorySegment panels,
      long panelsOffset,
      HotArrays arrays) {
    float[] rows = arrays.panel(WIDTH * Products.PITCH);
    long left = Cancellation.EVERY;
    for (int column = 0; column < n; column += WIDTH) {
      int columns = Math.min(WIDTH, n - column);
      for (int row = 0; row < k; row += Products.K_BLOCK) {
        int count = Math.min(Products.K_BLOCK, k - row);
        left = Cancellation.spend(left, (long) count * WIDTH);
        long from = bOffset + column * columnStride + row;
        VectorWindows.copy(columns, count, b, from, columnStride, rows, 0);
        if (columns < WIDTH) {
          Arrays.fill(rows, columns * Products.PITCH, WIDTH * Products.PITCH, 0f);
        }
        turn(count, rows, panels, panelsOffset + (long) column * k + (long) row * WIDTH);
      }
    }
  }

  /** {@code panels[to + i * WIDTH + j] = rows[j * PITCH + i]} for i &lt; k, j &lt; WIDTH. */
  private void turn(int k, float[] rows, MemorySegment panels, long to) {
    if (warmUp.isOver()) {
      gather(0, k, rows, panels, to);
      return;
    }
    long start = System.nanoTime();
    int done = 0;
    if (warmUp.isVectorsTurn(start)) {
      done = Math.min(k, warmUp.vectors());
      gather(0, done, rows, panels, to);
      warmUp.vectorTook(System.nanoTime() - start, 2L * done);
      start = System.nanoTime();
    }
    if (done < k) {
      single(done, k, rows, panels, to);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  private static void gather(int from, int end, float[] rows, MemorySegment panels, long to) {
    for (int i = from; i < end; i++) {
      long at = (to + (long) i * WIDTH) * Float.BYTES;
      FloatVector.fromArray(Lanes.SPECIES, rows, i, ROWS, 0)
          .intoMemorySegment(panels, at, Lanes.ORDER);
      FloatVector.fromArray(Lanes.SPECIES, rows, i + Lanes.COUNT * Products.PITCH, ROWS, 0)
          .intoMemorySegment(panels, at + Lanes.COUNT * Float.BYTES, Lanes.ORDER);
    }
  }

  private static void single(int from, int end, float[] rows, MemorySegment panels, long to) {
    for (int i = from; i < end; i++) {
      for (int j = 0; j < WIDTH; j++) {
        Floats.set(panels, to + (long) i * WIDTH + j, rows[j * Products.PITCH + i]);
      }
    }
  }
}
