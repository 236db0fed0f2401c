package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Conversions that can be ended. */
final class Conversions {
  private Conversions() {}

  /** Converts n elements, some at a time. Errors: INTERRUPTED, LIMIT. */
  static void run(Conversion conversion, MemorySegment x, MemorySegment y, long n) {
    if (n <= Cancellation.EVERY) {
      conversion.run(x, y, n);
      return;
    }
    for (long at = 0; at < n; at += Cancellation.EVERY) {
      Cancellation.poll();
      long run = Math.min(Cancellation.EVERY, n - at);
      conversion.run(
          slice(x, conversion.from().bits(), at, run),
          slice(y, conversion.to().bits(), at, run),
          run);
    }
  }

  /** Elements of a segment; the first is at the start of a byte. */
  private static MemorySegment slice(MemorySegment all, int bits, long first, long count) {
    return all.asSlice(first * bits / Byte.SIZE, (count * bits + Byte.SIZE - 1) / Byte.SIZE);
  }
}
