package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Copies elements of 1, 2, 4, 8 or 16 bytes that are read at other strides. */
final class StridedCopy {
  private StridedCopy() {}

  /** Reads the nest's first operand from an element of the source on. */
  static void run(
      LoopNest nest, int elementBytes, MemorySegment from, long fromOffset, MemorySegment to) {
    step(nest, elementBytes, from, fromOffset, to).run();
  }

  /** The same, made ready once for many runs. */
  static Step step(
      LoopNest nest, int elementBytes, MemorySegment from, long fromOffset, MemorySegment to) {
    LoopNest.Run run =
        (a, step, b, bStep, y, n) -> {
          long at = fromOffset + a;
          if (step == 1) {
            MemorySegment.copy(from, at * elementBytes, to, y * elementBytes, n * elementBytes);
          } else {
            copy(elementBytes, from, at, step, to, y, n);
          }
        };
    return () -> nest.forEach(run);
  }

  private static void copy(
      int bytes, MemorySegment from, long a, long step, MemorySegment to, long y, long n) {
    switch (bytes) {
      case 1 -> {
        for (long i = 0; i < n; i++) {
          to.set(JAVA_BYTE, y + i, from.get(JAVA_BYTE, a + i * step));
        }
      }
      case 2 -> {
        for (long i = 0; i < n; i++) {
          short value = from.get(JAVA_SHORT_UNALIGNED, (a + i * step) * 2);
          to.set(JAVA_SHORT_UNALIGNED, (y + i) * 2, value);
        }
      }
      case 4 -> {
        for (long i = 0; i < n; i++) {
          int value = from.get(JAVA_INT_UNALIGNED, (a + i * step) * 4);
          to.set(JAVA_INT_UNALIGNED, (y + i) * 4, value);
        }
      }
      case 8 -> {
        for (long i = 0; i < n; i++) {
          long value = from.get(JAVA_LONG_UNALIGNED, (a + i * step) * 8);
          to.set(JAVA_LONG_UNALIGNED, (y + i) * 8, value);
        }
      }
      default -> {
        for (long i = 0; i < n; i++) {
          MemorySegment.copy(from, (a + i * step) * bytes, to, (y + i) * bytes, bytes);
        }
      }
    }
  }
}
