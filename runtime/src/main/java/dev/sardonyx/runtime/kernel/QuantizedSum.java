package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of 8 bits and floats, element by element: {@code y = to(from(a) + from(b))}, all in
 * float32 with a rounding after each operation.
 *
 * @param b null for from(a) alone
 */
public record QuantizedSum(Part a, @Nullable Part b, Part y) {

  /**
   * Elements and what they stand for: a float itself, of 8 bits {@code (q - zero) * scale}. What is
   * quantised is divided by the scale and rounded, ties to even, and saturates; NaN becomes the
   * least.
   *
   * @param zero not looked at in floats; nor is the scale
   */
  public record Part(MemorySegment memory, Kind kind, float scale, int zero) {
    private float get(long i) {
      return switch (kind) {
        case FLOAT32 -> Floats.get(memory, i);
        case UINT8 -> ((memory.get(JAVA_BYTE, i) & 0xFF) - zero) * scale;
        case INT8 -> (memory.get(JAVA_BYTE, i) - zero) * scale;
      };
    }

    private void set(long i, float value) {
      if (kind == Kind.FLOAT32) {
        Floats.set(memory, i, value);
      } else {
        float whole = IntegerEnding.clamped(value / scale, kind.low - zero, kind.high - zero);
        memory.set(JAVA_BYTE, i, (byte) (zero + (int) Math.rint(whole)));
      }
    }
  }

  /** What elements are. */
  public enum Kind {
    FLOAT32(0, 0),
    UINT8(0, 255),
    INT8(-128, 127);

    private final int low;
    private final int high;

    Kind(int low, int high) {
      this.low = low;
      this.high = high;
    }

    /** The least number of 8 bits. */
    public int low() {
      return low;
    }

    /** The largest. */
    public int high() {
      return high;
    }

    /** Bytes of an element. */
    public int bytes() {
      return this == FLOAT32 ? Float.BYTES : 1;
    }
  }

  /** Computes some elements in plain loops. */
  void compute(long from, long to) {
    for (long i = from; i < to; i++) {
      Cancellation.pollAt(i - from);
      y.set(i, b == null ? a.get(i) : a.get(i) + b.get(i));
    }
  }
}
