package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Floats by element index in any segment, whatever its alignment. */
final class Floats {

  private Floats() {}

  static float get(MemorySegment segment, long index) {
    return segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
  }

  static void set(MemorySegment segment, long index, float value) {
    segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, value);
  }
}
