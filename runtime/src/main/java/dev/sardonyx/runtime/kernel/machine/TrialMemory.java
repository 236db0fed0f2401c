package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.machine.GuardedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where the data of trials lie: off the heap, as large as is asked for and no larger. */
@FunctionalInterface
interface TrialMemory {
  /** As it comes: what sessions try code with. */
  TrialMemory PLAIN =
      new TrialMemory() { // no lambda: ahead-of-time caches have none of an interface's own
        @Override
        public MemorySegment of(Arena arena, long bytes) {
          return arena.allocate(bytes, Float.BYTES);
        }
      };

  /** Directly before a page that nobody may touch. */
  TrialMemory BEFORE = (arena, bytes) -> GuardedMemory.of(arena, bytes, true);

  /** Directly behind such a page. */
  TrialMemory BEHIND = (arena, bytes) -> GuardedMemory.of(arena, bytes, false);

  /** Memory that lives as long as the arena. */
  MemorySegment of(Arena arena, long bytes);

  /** The same with floats. */
  default MemorySegment of(Arena arena, float[] values) {
    MemorySegment to = of(arena, (long) values.length * Float.BYTES);
    MemorySegment.copy(values, 0, to, JAVA_FLOAT_UNALIGNED, 0, values.length);
    return to;
  }

  /** Numbers from -1 to 1, different ones for different seeds, which cost little to make. */
  static float[] numbers(int n, int seed) {
    var values = new float[n];
    int state = seed * 0x9E3779B9 + 1;
    for (int i = 0; i < n; i++) {
      state = state * 0x343FD + 0x269EC3;
      values[i] = (state >> 8) * 0x1p-23f;
    }
    return values;
  }
}
