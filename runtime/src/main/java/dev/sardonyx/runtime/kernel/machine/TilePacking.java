package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.SplitPanels;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Splits packed panels of floats for {@link MachineTiles}. */
final class TilePacking {
  /** Steps of k in a call: well below a millisecond. */
  private static final int MOST_STEPS = 64;

  private static final int STEP = SplitCode.STEP;
  private static final int ROW = MachineKernels.WIDTH * Float.BYTES;

  private final CodeLibrary library;
  private final CodeTable codes;

  TilePacking(CodeLibrary library) {
    this.library = library;
    this.codes =
        library.table(
            TileShape.MOST_PARTS,
            number ->
                MachineCode.install(
                    "parts of panels: " + (number + 1), SplitCode.ofPanels(number + 1)));
  }

  /** The bytes of the parts of k x n numbers. */
  static long bytes(int k, int n, int parts) {
    long panels = Math.ceilDiv(n, MachineKernels.WIDTH);
    return Math.multiplyExact(panels, panelBytes(k, parts));
  }

  private static long panelBytes(int k, int parts) {
    return 2L * Math.ceilDiv(k, STEP) * parts * SplitCode.TILE_BYTES;
  }

  /** As {@code Kernels.split}. */
  boolean split(MemorySegment panels, int k, int n, SplitPanels to) {
    int count = Math.ceilDiv(n, MachineKernels.WIDTH);
    long stepBytes = 2L * to.parts() * SplitCode.TILE_BYTES;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flags = arena.allocate(JAVA_INT, 1 + STEP / 2);
      MemorySegment last = arena.allocate((long) STEP * ROW, ROW);
      boolean all = true;
      for (int panel = 0; panel < count && all; panel++) {
        long from = (long) panel * k * ROW;
        long at = panel * panelBytes(k, to.parts());
        int whole = k / STEP;
        for (int step = 0; step < whole; step += MOST_STEPS) {
          Cancellation.poll();
          int some = Math.min(MOST_STEPS, whole - step);
          call(panels, from + (long) step * STEP * ROW, some, to, at + step * stepBytes, flags);
        }
        int rest = k % STEP;
        if (rest > 0) {
          long there = from + (long) whole * STEP * ROW;
          MemorySegment.copy(panels, there, last, 0, (long) rest * ROW);
          call(last, 0, 1, to, at + whole * stepBytes, flags);
        }
        all = flags.get(JAVA_INT, 0) == 0;
      }
      return all;
    }
  }

  /** Some steps, whose tiles have the panel's first columns, and then its last. */
  private void call(
      MemorySegment from, long at, int steps, SplitPanels to, long toAt, MemorySegment flags) {
    long bytes = steps * 2L * to.parts() * SplitCode.TILE_BYTES;
    for (int half = 0; half < 2; half++) {
      long first = half * (ROW / 2L);
      library
          .arguments()
          .reads(from, at + first, (long) steps * STEP * ROW - ROW / 2)
          .number(ROW)
          .number(STEP / 2)
          .number(1)
          .writes(to.values(), toAt + half * SplitCode.TILE_BYTES, bytes - SplitCode.TILE_BYTES)
          .number(0)
          .number(steps)
          .number(0)
          .writes(flags, Integer.BYTES, STEP / 2 * Integer.BYTES)
          .number(0)
          .writes(flags, 0, Integer.BYTES)
          .number(-1)
          .call(codes.get(to.parts() - 1));
    }
  }
}
