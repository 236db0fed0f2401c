package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Doubles by element index in any segment, whatever its alignment. */
final class Doubles {

  private Doubles() {}

  static double get(MemorySegment segment, long index) {
    return segment.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  static void set(MemorySegment segment, long index, double value) {
    segment.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
  }
}
