package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Masks of attention, row by row, in plain loops. */
final class MaskedKeys {
  private MaskedKeys() {}

  /** See {@link Kernels#maskKeys}. */
  static void mask(
      MemorySegment scores,
      int rows,
      int n,
      float factor,
      @Nullable MemorySegment mask,
      boolean truth,
      long maskOffset,
      long maskPitch,
      int from,
      int fromStep,
      int to,
      int toStep,
      int most,
      MemorySegment blind) {
    for (int r = 0; r < rows; r++) {
      Cancellation.poll();
      long row = (long) r * n;
      int first = Math.clamp(from + (long) r * fromStep, 0, n);
      int end = Math.clamp(Math.min(to + (long) r * toStep, most), first, n);
      scale(scores, row, n, factor);
      hide(scores, row, first);
      hide(scores, row + end, n - end);
      boolean sees = end > first;
      if (mask != null && sees) {
        long at = maskOffset + r * maskPitch;
        sees =
            truth
                ? choose(scores, row + first, mask, at + first, end - first)
                : add(scores, row + first, mask, at + first, end - first);
      }
      sees = sees && !isHidden(scores, row, n);
      blind.setAtIndex(JAVA_LONG_UNALIGNED, r, sees ? 0 : 1);
    }
  }

  private static void scale(MemorySegment scores, long row, int n, float factor) {
    for (int key = 0; key < n; key++) { // without polls, that it becomes a loop of vectors
      float score = scores.getAtIndex(JAVA_FLOAT_UNALIGNED, row + key);
      scores.setAtIndex(JAVA_FLOAT_UNALIGNED, row + key, score * factor);
    }
  }

  /** Adds a row of a mask. Whether it shows any key. */
  private static boolean add(MemorySegment scores, long row, MemorySegment mask, long at, int n) {
    boolean shows = !isHidden(mask, at, n);
    for (int key = 0; key < n; key++) { // without polls, as above
      float sum =
          scores.getAtIndex(JAVA_FLOAT_UNALIGNED, row + key)
              + mask.getAtIndex(JAVA_FLOAT_UNALIGNED, at + key);
      scores.setAtIndex(JAVA_FLOAT_UNALIGNED, row + key, sum);
    }
    return shows;
  }

  /** Adds minus infinity where a byte is 0. Whether there is another. */
  private static boolean choose(
      MemorySegment scores, long row, MemorySegment mask, long at, int n) {
    boolean shows = false;
    for (int key = 0; key < n; key++) {
      Cancellation.pollAt(key);
      boolean shown = mask.get(JAVA_BYTE, at + key) != 0;
      shows |= shown;
      if (!shown) {
        float score = scores.getAtIndex(JAVA_FLOAT_UNALIGNED, row + key);
        scores.setAtIndex(JAVA_FLOAT_UNALIGNED, row + key, score + Float.NEGATIVE_INFINITY);
      }
    }
    return shows;
  }

  /** Adds minus infinity. */
  private static void hide(MemorySegment scores, long from, int n) {
    for (int key = 0; key < n; key++) {
      Cancellation.pollAt(key);
      float score = scores.getAtIndex(JAVA_FLOAT_UNALIGNED, from + key);
      scores.setAtIndex(JAVA_FLOAT_UNALIGNED, from + key, score + Float.NEGATIVE_INFINITY);
    }
  }

  private static boolean isHidden(MemorySegment values, long from, int n) {
    for (int key = 0; key < n; key++) {
      Cancellation.pollAt(key);
      if (values.getAtIndex(JAVA_FLOAT_UNALIGNED, from + key) != Float.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /** See {@link Kernels#clearRows}. */
  static void clear(MemorySegment flags, MemorySegment x, int rows, int n) {
    long bytes = (long) n * Float.BYTES;
    for (int r = 0; r < rows; r++) {
      Cancellation.pollAt(r);
      if (flags.getAtIndex(JAVA_LONG_UNALIGNED, r) != 0) {
        Memory.fill(x.asSlice(r * bytes, bytes), (byte) 0);
      }
    }
  }
}
