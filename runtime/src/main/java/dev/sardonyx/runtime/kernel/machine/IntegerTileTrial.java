package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tries the products of 8-bit numbers by tiles: small ones, to the bit, against plain loops. */
final class IntegerTileTrial implements Family {
  /** Pixels of a line by variant; so are the others. */
  private static final int[] PIXELS = {19, 16, 1, 7, 33, 48, 15, 5};

  private static final int[] LINES = {1, 2, 3, 5, 2, 1, 2, 4};
  private static final int[] RUNS = {2, 1, 1, 3, 1, 2, 3, 1};

  /** Groups of a run: 16 are a step. */
  private static final int[] GROUPS = {17, 16, 5, 6, 35, 32, 15, 1};

  private static final int[] COLUMNS = {40, 64, 3, 33, 16, 32, 70, 17};

  private final MachineIntegerTiles tiles;

  IntegerTileTrial(MachineIntegerTiles tiles) {
    this.tiles = tiles;
  }

  /** What a piece of code is, for people. */
  static String describe(int number) {
    return "integer product by tiles" + (number == 1 ? " to 8 bits" : "");
  }

  @Override
  public String name() {
    return "products of 8-bit numbers by tiles";
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public boolean has(int number) {
    return tiles.isThere();
  }

  @Override
  public String name(int number) {
    return describe(number);
  }

  @Override
  public int variants() {
    return PIXELS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    boolean bytes = number == 1;
    int lines = LINES[variant];
    int pixels = PIXELS[variant];
    int n = COLUMNS[variant];
    int ldc = n + variant % 4;
    int c = ((lines * pixels - 1) * ldc + n) * (bytes ? 1 : Integer.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = memory.of(arena, c);
      MemorySegment expected = arena.allocate(c);
      IntegerProduct product =
          IntegerProductTrial.product(
              bytes,
              arena,
              memory,
              lines,
              pixels,
              RUNS[variant],
              GROUPS[variant],
              n,
              ldc,
              variant,
              found);
      tiles.compute(product, 0, lines, 0, n);
      if (variant == 0) {
        return IntegerProductTrial.endsAgree(product, product.into(expected), lines);
      }
      Kernels.scalar().multiply(product.into(expected), 0, lines, 0, n);
      return found.mismatch(expected) < 0;
    }
  }
}
