package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sardonyx.runtime.machine.TileCode.Rows;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Multiplies tiles and compares with plain loops: prints what differs, and ends with 1 then. With
 * the argument "illegal" it runs an instruction that no processor has.
 */
final class TileProgram {
  private static final int ROWS = 16;
  private static final int STRIDE = 96;
  private static final byte UNTOUCHED = 0x5A;
  private static final float SMALLEST = Float.MIN_NORMAL;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment a = arena.allocate(ROWS * STRIDE, 64);
  private final MemorySegment b = arena.allocate(ROWS * STRIDE, 64);
  private final MemorySegment c = arena.allocate(ROWS * STRIDE, 64);
  private final Random random = new Random(6);
  private int wrong;

  private TileProgram() {}

  /** The program. */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println(Processor.current().features());
    if (arguments.length > 0) {
      Outside.enter(CodeMemory.install(new byte[] {0x0F, 0x0B}), MemorySegment.NULL);
    }
    var wrong = new AtomicInteger();
    // Tiles belong to threads: two at once must not disturb each other.
    var threads = new Thread[2];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> wrong.addAndGet(new TileProgram().all()));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(wrong + " wrong");
    System.exit(wrong.get() == 0 ? 0 : 1);
  }

  private int all() {
    var adding = new TileCode(Assembler::tdpbf16ps, false);
    var fromZero = new TileCode(Assembler::tdpbf16ps, true);
    for (int rows = 1; rows <= ROWS; rows++) {
      for (int columns = 1; columns <= ROWS; columns++) {
        for (int pairs = 1; pairs <= ROWS; pairs++) {
          floats(rows % 2 == 0 ? adding : fromZero, rows % 2 != 0, rows, columns, pairs);
        }
      }
    }
    bytes("tdpbssd", new TileCode(Assembler::tdpbssd, false), true, true);
    bytes("tdpbsud", new TileCode(Assembler::tdpbsud, false), true, false);
    bytes("tdpbusd", new TileCode(Assembler::tdpbusd, false), false, true);
    bytes("tdpbuud", new TileCode(Assembler::tdpbuud, false), false, false);
    return wrong;
  }

  /** Sizes of a, b and c: also such that numbers, products or sums are subnormal. */
  private static final float[][] SIZES = {
    {1, 1, 1},
    {SMALLEST, 1, SMALLEST},
    {1e-19f, 1e-19f, SMALLEST},
    {1, SMALLEST, 0},
    {1e19f, 1e18f, 1e37f}
  };

  private short half(float size) {
    return (short) (Float.floatToRawIntBits(size * (float) random.nextGaussian()) >>> 16);
  }

  private static float widened(MemorySegment memory, int row, int column) {
    int bits = memory.get(JAVA_SHORT, (long) row * STRIDE + 2L * column) << 16;
    return flushed(Float.intBitsToFloat(bits));
  }

  /** Subnormal numbers are zeros with their sign. */
  private static float flushed(float number) {
    return Math.abs(number) < SMALLEST ? Math.copySign(0, number) : number;
  }

  private void floats(TileCode code, boolean zero, int rows, int columns, int pairs) {
    float[] size = SIZES[random.nextInt(SIZES.length)];
    for (int i = 0; i < ROWS * STRIDE / 2; i++) {
      a.setAtIndex(JAVA_SHORT, i, half(size[0]));
      b.setAtIndex(JAVA_SHORT, i, half(size[1]));
    }
    c.fill(UNTOUCHED);
    float[][] expected = new float[rows][columns];
    double[][] sums = new double[rows][columns];
    double[][] sizes = new double[rows][columns];
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < columns; n++) {
        float before = zero ? 0 : size[2] * (float) random.nextGaussian();
        c.set(JAVA_FLOAT, place(m, n), before);
        sums[m][n] = before;
        sizes[m][n] = Math.abs(before);
        float even = 0;
        float odd = 0;
        for (int k = 0; k < pairs; k++) {
          float left = widened(a, m, 2 * k);
          float right = widened(b, k, 2 * n);
          float nextLeft = widened(a, m, 2 * k + 1);
          float nextRight = widened(b, k, 2 * n + 1);
          even = flushed(Math.fma(left, right, even));
          odd = flushed(Math.fma(nextLeft, nextRight, odd));
          double more = (double) left * right + (double) nextLeft * nextRight;
          sums[m][n] += more;
          sizes[m][n] += Math.abs((double) left * right) + Math.abs((double) nextLeft * nextRight);
        }
        expected[m][n] = flushed(flushed(before) + flushed(even + odd));
      }
    }
    code.run(tile(c, rows, 4 * columns), tile(a, rows, 4 * pairs), tile(b, pairs, 4 * columns));
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < columns; n++) {
        float actual = c.get(JAVA_FLOAT, place(m, n));
        double error = Math.abs(actual - sums[m][n]);
        check(error <= 1e-5 * sizes[m][n] + 64 * SMALLEST, "tdpbf16ps, double", sums[m][n], actual);
        check(
            Float.floatToRawIntBits(actual) == Float.floatToRawIntBits(expected[m][n]),
            "tdpbf16ps",
            expected[m][n],
            actual);
      }
    }
    untouched("tdpbf16ps", rows, 4 * columns);
  }

  private void bytes(String name, TileCode code, boolean leftSigned, boolean rightSigned) {
    for (int rows = 1; rows <= ROWS; rows++) {
      for (int columns = 1; columns <= ROWS; columns += 3) {
        for (int fours = 1; fours <= ROWS; fours += 5) {
          bytes(name, code, leftSigned, rightSigned, rows, columns, fours);
        }
      }
    }
  }

  private void bytes(
      String name,
      TileCode code,
      boolean leftSigned,
      boolean rightSigned,
      int rows,
      int columns,
      int fours) {
    for (int i = 0; i < ROWS * STRIDE; i++) {
      a.set(JAVA_BYTE, i, (byte) random.nextInt());
      b.set(JAVA_BYTE, i, (byte) random.nextInt());
    }
    c.fill(UNTOUCHED);
    int[][] expected = new int[rows][columns];
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < columns; n++) {
        // Sums wrap: some begin near the end of the range.
        int before = random.nextBoolean() ? random.nextInt() : Integer.MAX_VALUE - n;
        c.set(JAVA_INT, place(m, n), before);
        expected[m][n] = before;
        for (int k = 0; k < 4 * fours; k++) {
          byte left = a.get(JAVA_BYTE, (long) m * STRIDE + k);
          byte right = b.get(JAVA_BYTE, (long) (k / 4) * STRIDE + 4L * n + k % 4);
          expected[m][n] += (leftSigned ? left : left & 255) * (rightSigned ? right : right & 255);
        }
      }
    }
    code.run(tile(c, rows, 4 * columns), tile(a, rows, 4 * fours), tile(b, fours, 4 * columns));
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < columns; n++) {
        int actual = c.get(JAVA_INT, place(m, n));
        check(actual == expected[m][n], name, expected[m][n], actual);
      }
    }
    untouched(name, rows, 4 * columns);
  }

  private static Rows tile(MemorySegment memory, int rows, int bytes) {
    return new Rows(memory, rows, bytes, STRIDE);
  }

  private static long place(int row, int column) {
    return (long) row * STRIDE + 4L * column;
  }

  private void untouched(String name, int rows, int bytes) {
    for (int i = 0; i < ROWS * STRIDE; i++) {
      if (i / STRIDE >= rows || i % STRIDE >= bytes) {
        check(c.get(JAVA_BYTE, i) == UNTOUCHED, name + " beyond its tile", i / STRIDE, i % STRIDE);
      }
    }
  }

  private void check(boolean right, String what, Object expected, Object actual) {
    if (!right && wrong++ < 10) {
      System.out.println(what + ": " + expected + ", but " + actual);
    }
  }
}
