package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.machine.GuardedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that lies directly before or behind a page that nobody may touch. */
final class Guarded {
  private Guarded() {}

  /**
   * Floats that end at such a page, or begin behind one.
   *
   * @param arena they live as long as it
   */
  static MemorySegment of(Arena arena, int elements, boolean atEnd) {
    return GuardedMemory.of(arena, (long) elements * Float.BYTES, atEnd);
  }

  /** The same with values. */
  static MemorySegment of(Arena arena, float[] values, boolean atEnd) {
    MemorySegment to = of(arena, values.length, atEnd);
    MemorySegment.copy(values, 0, to, JAVA_FLOAT_UNALIGNED, 0, values.length);
    return to;
  }
}
