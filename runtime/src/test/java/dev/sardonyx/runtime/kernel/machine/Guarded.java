package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Memory that lies directly before or behind a page that nobody may touch. */
final class Guarded {
  private static final int PAGE = 4096;
  private static final MethodHandle PROTECT =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("mprotect"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private Guarded() {}

  /**
   * Floats that end at such a page, or begin behind one.
   *
   * @param arena pages become usable again for whoever gets them next; they live as long as it
   */
  static MemorySegment of(Arena arena, int elements, boolean atEnd) {
    long bytes = (long) elements * Float.BYTES;
    long room = (bytes + PAGE - 1) / PAGE * PAGE;
    MemorySegment pages = Arena.global().allocate(room + 2 * PAGE, PAGE);
    protect(pages.asSlice(0, PAGE), 0);
    protect(pages.asSlice(PAGE + room, PAGE), 0);
    MemorySegment whole = pages.reinterpret(arena, _ -> release(pages, room));
    return whole.asSlice(atEnd ? PAGE + room - bytes : PAGE, bytes);
  }

  /** The same with values. */
  static MemorySegment of(Arena arena, float[] values, boolean atEnd) {
    MemorySegment to = of(arena, values.length, atEnd);
    MemorySegment.copy(values, 0, to, JAVA_FLOAT_UNALIGNED, 0, values.length);
    return to;
  }

  private static void release(MemorySegment pages, long room) {
    protect(pages.asSlice(0, PAGE), 3);
    protect(pages.asSlice(PAGE + room, PAGE), 3);
  }

  private static void protect(MemorySegment page, int rights) {
    try {
      int failed = (int) PROTECT.invokeExact(page, (long) PAGE, rights);
      if (failed != 0) {
        throw new AssertionError("mprotect refuses");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
