package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sardonyx.runtime.kernel.IntegerEnding;
import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.IntegerRows;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tries the code of products of 8-bit numbers: small ones, to the bit, against plain loops. */
final class IntegerProductTrial implements Family {
  private static final int HALF = IntegerPanels.WIDTH / 2;

  /** Groups of a run by variant. */
  private static final int[] GROUPS = {5, 1, 2, 3, 4, 9};

  private final MachineIntegerProducts products;

  IntegerProductTrial(MachineIntegerProducts products) {
    this.products = products;
  }

  @Override
  public String name() {
    return "products of 8-bit numbers";
  }

  @Override
  public int size() {
    return IntegerProductShape.COUNT;
  }

  @Override
  public boolean has(int number) {
    return IntegerProductShape.of(number).isUsed(products.tallest());
  }

  @Override
  public String name(int number) {
    return IntegerProductShape.of(number).toString();
  }

  @Override
  public int variants() {
    return GROUPS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    IntegerProductShape shape = IntegerProductShape.of(number);
    int pixels =
        shape.twoLines()
            ? shape.height() / 2
            : shape.low() ? 2 * shape.height() - 1 : shape.height();
    boolean single = !shape.twoLines() && pixels <= products.tallest() / 2;
    int lines = shape.twoLines() ? 2 + variant % 2 * 2 : single ? 1 : 1 + variant % 3;
    int n = (variant + 1) % 2 * IntegerPanels.WIDTH + (5 * number + 7 * variant) % 32 + 1;
    int ldc = n + variant % 4;
    int c = ((lines * pixels - 1) * ldc + n) * (shape.bytes() ? 1 : Integer.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = memory.of(arena, c);
      MemorySegment expected = arena.allocate(c);
      IntegerProduct product =
          product(
              shape.bytes(),
              arena,
              memory,
              lines,
              pixels,
              1 + (variant + 1) % 3,
              GROUPS[variant],
              n,
              ldc,
              variant,
              found);
      products.compute(product, 0, lines, 0, n);
      if (variant == 0) {
        return endsAgree(product, product.into(expected), lines);
      }
      Kernels.scalar().multiply(product.into(expected), 0, lines, 0, n);
      return found.mismatch(expected) < 0;
    }
  }

  /** A first trial looks at both ends of each vector, for cold loops over all would take long. */
  static boolean endsAgree(IntegerProduct product, IntegerProduct plain, int lines) {
    int bytes = product.ending().bytes();
    boolean agrees = true;
    for (int column = 0; column < product.n(); column++) {
      int lane = column % HALF;
      if (lane == 0 || lane == HALF - 1 || column == product.n() - 1) {
        Kernels.scalar().multiply(plain, 0, lines, column, column + 1);
        for (int row = 0; row < lines * product.pixels(); row++) {
          long at = ((long) row * product.ldc() + column) * bytes;
          agrees &=
              MemorySegment.mismatch(product.c(), at, at + bytes, plain.c(), at, at + bytes) < 0;
        }
      }
    }
    return agrees;
  }

  /**
   * A product.
   *
   * @param groups those of a run
   * @param gap bytes between pixels
   */
  static IntegerProduct product(
      boolean quantized,
      Arena arena,
      TrialMemory memory,
      int lines,
      int pixels,
      int runs,
      int groups,
      int n,
      int ldc,
      int gap,
      MemorySegment c) {
    int runBytes = groups * IntegerPanels.GROUP;
    int pixel = runBytes + gap;
    int line = pixel * pixels + 3;
    int run = line * lines + 1;
    int size = (lines - 1) * line + (pixels - 1) * pixel + (runs - 1) * run + runBytes;
    int k = runs * runBytes;
    int columns = IntegerPanels.columns(n);
    var ending =
        quantized
            ? new IntegerEnding.Bytes(memory.of(arena, scales(columns)), -100, 120, 90)
            : new IntegerEnding.Sums();
    return new IntegerProduct(
        n,
        pixels,
        new IntegerRows(bytes(memory.of(arena, size), 1), 0, line, pixel, runs, run, runBytes),
        new IntegerPanels(bytes(memory.of(arena, (long) columns * k), 2), k, n),
        addends(memory.of(arena, (long) columns * Integer.BYTES)),
        c,
        ldc,
        ending);
  }

  /** Such that most sums become numbers within the bounds. */
  private static float[] scales(int n) {
    float[] values = TrialMemory.numbers(n, 3);
    for (int i = 0; i < n; i++) {
      values[i] *= 0x1p-10f;
    }
    return values;
  }

  /** Small numbers among which are those that no sum of 16 bits holds. */
  private static MemorySegment bytes(MemorySegment to, int seed) {
    int state = seed * 0x9E3779B9 + 1;
    for (long i = 0; i < to.byteSize(); i++) {
      state = state * 0x343FD + 0x269EC3;
      to.set(JAVA_BYTE, i, (byte) (state >> 16));
    }
    return to;
  }

  private static MemorySegment addends(MemorySegment to) {
    for (long i = 0; i < to.byteSize(); i += Integer.BYTES) {
      to.set(JAVA_INT_UNALIGNED, i, (int) (i * 0x9E3779B9L) >> 14);
    }
    return to;
  }
}
