package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** What becomes of the sums of an {@link IntegerProduct}, which are of 32 bits and wrap around. */
public sealed interface IntegerEnding {
  /** Bytes of an element of the result. */
  int bytes();

  /** The sums themselves, int32. */
  record Sums() implements IntegerEnding {
    @Override
    public int bytes() {
      return Integer.BYTES;
    }
  }

  /**
   * Numbers of 8 bits: {@code zero + round(clamp(sum * scales[column], low, high))}, the product
   * rounded to float32, ties to even; NaN becomes low.
   *
   * @param scales float32, one for each column of each panel
   * @param low the least whole number that fits once the zero point is added; so is high the
   *     largest
   */
  record Bytes(MemorySegment scales, int low, int high, int zero) implements IntegerEnding {
    @Override
    public int bytes() {
      return 1;
    }

    /** The number that a sum becomes. */
    public int of(int sum, float scale) {
      return zero + (int) Math.rint(clamped(sum * scale, low, high));
    }
  }

  /** The value within bounds; NaN becomes the lower one. */
  static float clamped(float value, float low, float high) {
    return value >= low ? Math.min(value, high) : low;
  }
}
