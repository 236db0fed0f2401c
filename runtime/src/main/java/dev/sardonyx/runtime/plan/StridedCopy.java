package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;

/** Copies elements of 1, 2, 4, 8 or 16 bytes that are read at other strides. */
final class StridedCopy {
  /** Bytes of a row that kernels copy: longer ones go as well one by one. */
  static final long MOST_BYTES = 1 << 14;

  private static final int MOST_ROWS = 1 << 20;

  private StridedCopy() {}

  /** Reads the nest's first operand from an element of the source on. */
  static void run(
      LoopNest nest, int elementBytes, MemorySegment from, long fromOffset, MemorySegment to) {
    nest.forEach(body(elementBytes, from, fromOffset, to));
  }

  /** The same, made ready once for many runs, by a team. */
  static Step step(
      LoopNest nest,
      int elementBytes,
      MemorySegment from,
      long fromOffset,
      MemorySegment to,
      Team team) {
    return nest.shared(team, body(elementBytes, from, fromOffset, to), 1);
  }

  /** The same, where rows of some bytes are copied by kernels. */
  static Step step(
      LoopNest nest,
      int elementBytes,
      MemorySegment from,
      long fromOffset,
      MemorySegment to,
      Team team,
      Kernels kernels) {
    long bytes = Sizes.multiply(nest.run(), elementBytes);
    if (!nest.isRows() || bytes > MOST_BYTES) {
      return step(nest, elementBytes, from, fromOffset, to, team);
    }
    long rows = nest.count() / Math.max(1, nest.run());
    long pitch = nest.rowStride() * elementBytes;
    long first = fromOffset * elementBytes;
    var split = Split.of(rows, nest.count(), 1, team.size());
    return split.step(
        team,
        (begin, end, _) -> copyRows(kernels, from, first, pitch, to, 0, bytes, begin, end, bytes),
        kernels);
  }

  /** Rows from one to before another, at a pitch each where they are read and written. */
  static void copyRows(
      Kernels kernels,
      MemorySegment from,
      long fromAt,
      long fromPitch,
      MemorySegment to,
      long toAt,
      long toPitch,
      long begin,
      long end,
      long bytes) {
    for (long row = begin; row < end; row += MOST_ROWS) {
      int rows = (int) Math.min(MOST_ROWS, end - row);
      long x = fromAt + row * fromPitch;
      kernels.copyBytes(from, x, fromPitch, to, toAt + row * toPitch, toPitch, rows, bytes, 0);
    }
  }

  private static LoopNest.Run body(
      int elementBytes, MemorySegment from, long fromOffset, MemorySegment to) {
    return (a, step, b, bStep, y, n) -> {
      long at = fromOffset + a;
      if (step == 1) {
        MemorySegment.copy(from, at * elementBytes, to, y * elementBytes, n * elementBytes);
      } else {
        copy(elementBytes, from, at, step, to, y, n);
      }
    };
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
