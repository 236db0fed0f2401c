package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Products of 8-bit numbers by tiles against those by vectors: to the bit, however cut. */
final class IntegerTiles {
  private final Kernels kernels;
  private final Kernels vectors = new MachineKernels(() -> Kernels.scalar(MachineKernels.WIDTH));
  private final MachineIntegerTiles tiles;
  private final Random random = new Random(7);
  private int wrong;

  IntegerTiles(TileKernels kernels) {
    this.kernels = kernels;
    tiles = new MachineIntegerTiles(kernels.library, true);
  }

  /** How much is wrong. */
  int wrong() {
    int taken = 0;
    for (int pixels = 1; pixels <= 50; pixels++) {
      taken +=
          compare(pixels, 1 + random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(40));
    }
    taken += compare(28, 4, 3, 48);
    check(taken > 10, "only " + taken + " by tiles");
    check(taken < 51, "even the smallest by tiles");
    return wrong;
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      System.out.println("wrong: " + what);
      wrong++;
    }
  }

  /** Compares sums and numbers, at once and cut; whether the kernels take tiles for it. */
  private int compare(int pixels, int lines, int runs, int groups) {
    int n = 1 + random.nextInt(70);
    int ldc = n + random.nextInt(3);
    int taken = 0;
    for (boolean bytes : new boolean[] {false, true}) {
      int size = lines * pixels * ldc * (bytes ? 1 : Integer.BYTES);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment expected = arena.allocate(size, 64);
        IntegerProduct product =
            IntegerProductTrial.product(
                bytes,
                arena,
                TrialMemory.BEFORE,
                lines,
                pixels,
                runs,
                groups,
                n,
                ldc,
                random.nextInt(5),
                expected);
        vectors.multiply(product, 0, lines, 0, n);
        String what = pixels + " pixels, " + lines + " lines, " + runs + " runs of " + groups;
        MemorySegment found = arena.allocate(size, 64);
        IntegerProduct other = product.into(found);
        tiles.compute(other, 0, lines, 0, n);
        check(found.mismatch(expected) < 0, what);
        found.fill((byte) 0);
        cut(other, lines, n);
        check(found.mismatch(expected) < 0, what + ", cut");
        boolean gaps = expected.get(JAVA_BYTE, size - 1) == 0 || ldc == n;
        check(gaps, what + ": beyond the columns");
        taken = tiles.takes(product, lines) ? 1 : 0;
      }
    }
    return taken;
  }

  /** By vectors or tiles, as kernels choose for each piece. */
  private void cut(IntegerProduct product, int lines, int n) {
    for (int from = 0; from < lines; ) {
      int to = Math.min(lines, from + 1 + random.nextInt(3));
      for (int column = 0; column < n; column += MachineKernels.WIDTH) {
        kernels.multiply(product, from, to, column, Math.min(n, column + MachineKernels.WIDTH));
      }
      from = to;
    }
  }
}
