package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Floats by element index in any segment, whatever its alignment. */
public final class Floats {

  private Floats() {}

  /**
   * The element at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public static float get(MemorySegment segment, long index) {
    return segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
  }

  /**
   * Writes the element at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public static void set(MemorySegment segment, long index, float value) {
    segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, value);
  }
}
