package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * A product of 8-bit numbers: C = ending(A * B + addends), with sums of 32 bits that wrap around.
 * Row {@code line * pixels + pixel} of C begins {@code ldc} elements behind the one before.
 *
 * @param pixels rows of a line
 * @param addends int32, one for each column of each panel: a bias, and what zero points take away
 * @param c elements of {@link IntegerEnding#bytes}
 */
public record IntegerProduct(
    int n,
    int pixels,
    IntegerRows a,
    IntegerPanels b,
    MemorySegment addends,
    MemorySegment c,
    int ldc,
    IntegerEnding ending) {

  /** The same into other memory. */
  public IntegerProduct into(MemorySegment other) {
    return new IntegerProduct(n, pixels, a, b, addends, other, ldc, ending);
  }

  /** Computes some lines and columns in plain loops. */
  void compute(int fromLine, int toLine, int fromColumn, int toColumn) {
    for (int line = fromLine; line < toLine; line++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        Cancellation.poll();
        long row = ((long) line * pixels + pixel) * ldc;
        for (int column = fromColumn; column < toColumn; column++) {
          int sum = addends.get(JAVA_INT_UNALIGNED, (long) column * Integer.BYTES);
          end(sum + sum(a.at(line, pixel), column), column, row + column);
        }
      }
    }
  }

  private int sum(long at, int column) {
    int sum = 0;
    for (int run = 0; run < a.runs(); run++) {
      for (int i = 0; i < a.runBytes(); i++) {
        int left = a.x().get(JAVA_BYTE, at + run * a.runPitch() + i) & 0xFF;
        sum += left * b.values().get(JAVA_BYTE, b.at(run * a.runBytes() + i, column));
      }
    }
    return sum;
  }

  private void end(int sum, int column, long at) {
    switch (ending) {
      case IntegerEnding.Sums _ -> c.set(JAVA_INT_UNALIGNED, at * Integer.BYTES, sum);
      case IntegerEnding.Bytes bytes ->
          c.set(JAVA_BYTE, at, (byte) bytes.of(sum, Floats.get(bytes.scales(), column)));
    }
  }
}
