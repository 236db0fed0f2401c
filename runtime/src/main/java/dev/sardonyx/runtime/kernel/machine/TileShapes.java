package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What tells the processor how large tiles are, for each height of the rows' tiles. Tiles 0 to 3
 * are sums, 4 and 5 rows, 6 and 7 panels; all have rows of 64 bytes. Source: Intel 64 and IA-32
 * Architectures Software Developer's Manual, volume 2, LDTILECFG.
 */
final class TileShapes {
  /** The bytes of one. */
  static final int BYTES = 64;

  private static final int TALLEST = 16;
  private static final int TILES = 8;
  private static final int PANEL_TILES = 6;
  private static final int ROW_BYTES = 16;
  private static final int ROWS = 48;

  private final MemorySegment memory = Arena.ofAuto().allocate(TALLEST * BYTES, BYTES);

  TileShapes() {
    for (int height = 1; height <= TALLEST; height++) {
      long at = of(height);
      memory.set(JAVA_BYTE, at, (byte) 1); // the palette
      for (int tile = 0; tile < TILES; tile++) {
        memory.set(JAVA_SHORT, at + ROW_BYTES + 2L * tile, (short) SplitCode.TILE_ROW);
        memory.set(JAVA_BYTE, at + ROWS + tile, (byte) (tile < PANEL_TILES ? height : TALLEST));
      }
    }
  }

  /** All of them. */
  MemorySegment memory() {
    return memory;
  }

  /** Where that of a height begins. */
  long of(int height) {
    return (height - 1L) * BYTES;
  }
}
