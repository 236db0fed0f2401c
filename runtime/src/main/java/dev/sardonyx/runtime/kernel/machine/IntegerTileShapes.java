package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What tells the processor how large tiles of 8-bit numbers are, for each height of the rows' tiles
 * and each number of groups that is left of a run. Tiles 0 to 3 are sums, 4 and 5 rows and panels
 * of a whole step, 6 and 7 those of what is left. Source: Intel 64 and IA-32 Architectures Software
 * Developer's Manual, volume 2, LDTILECFG.
 */
final class IntegerTileShapes {
  private static final int TALLEST = IntegerTileCode.TALLEST;
  private static final int ROW_BYTES = 16;
  private static final int ROWS = 48;

  private final MemorySegment memory =
      Arena.ofAuto().allocate((long) TALLEST * TALLEST * TileShapes.BYTES, TileShapes.BYTES);

  IntegerTileShapes() {
    for (int height = 1; height <= TALLEST; height++) {
      for (int rest = 0; rest < TALLEST; rest++) {
        long at = of(height, rest);
        memory.set(JAVA_BYTE, at, (byte) 1); // the palette
        for (int tile = 0; tile < 5; tile++) {
          set(at, tile, height, IntegerTileCode.STEP);
        }
        set(at, 5, TALLEST, IntegerTileCode.STEP);
        if (rest > 0) {
          set(at, 6, height, rest * Integer.BYTES);
          set(at, 7, rest, IntegerTileCode.STEP);
        }
      }
    }
  }

  private void set(long at, int tile, int rows, int rowBytes) {
    memory.set(JAVA_SHORT, at + ROW_BYTES + 2L * tile, (short) rowBytes);
    memory.set(JAVA_BYTE, at + ROWS + tile, (byte) rows);
  }

  /** All of them. */
  MemorySegment memory() {
    return memory;
  }

  /** Where that of a height and a rest begins. */
  long of(int height, int rest) {
    return ((height - 1L) * TALLEST + rest) * TileShapes.BYTES;
  }
}
