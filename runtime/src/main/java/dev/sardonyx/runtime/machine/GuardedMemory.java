package dev.sardonyx.runtime.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory between two pages that nobody may touch, so that code which reads or writes one byte
 * beyond it ends the process instead of going on with somebody else's data. For tests of code.
 */
@SuppressWarnings("restricted") // native access is asked about before this class is loaded
public final class GuardedMemory {
  private static final int PAGE = 4096;

  private GuardedMemory() {}

  /**
   * Memory, all zero.
   *
   * @param arena it lives as long as this
   * @param atEnd whether the last byte lies before such a page; else the first one lies behind one
   * @throws UnsupportedOperationException where the system gives none
   */
  public static MemorySegment of(Arena arena, long bytes, boolean atEnd) {
    long room = Math.max(1, Math.ceilDiv(bytes, PAGE)) * PAGE;
    long whole = room + 2 * PAGE;
    long address = Outside.map(whole, 0, Outside.PRIVATE | Outside.ANONYMOUS, -1);
    if (address == Outside.FAILED
        || Outside.protect(address + PAGE, room, Outside.READ | Outside.WRITE) != 0) {
      throw new UnsupportedOperationException("the system gives no memory (mmap)");
    }
    return MemorySegment.ofAddress(atEnd ? address + PAGE + room - bytes : address + PAGE)
        .reinterpret(bytes, arena, _ -> unmap(address, whole));
  }

  private static void unmap(long address, long bytes) {
    var _ = Outside.unmap(address, bytes);
  }
}
