package dev.sardonyx.runtime.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that holds code. It is never written and executed at once: written first, then made
 * executable; where the system refuses that ({@code PR_SET_MDWE}, SELinux), mapped twice from a
 * file in memory, once to be written and once to be executed.
 */
@SuppressWarnings("restricted") // native access is asked about before this class is loaded
final class CodeMemory {
  private static final int PAGE = 4096;

  private CodeMemory() {}

  /**
   * Installs code. The memory goes back to the system when nobody refers to it any more.
   *
   * @return where it begins
   * @throws UnsupportedOperationException where the system gives no executable memory
   */
  static MemorySegment install(byte[] code) {
    long bytes = Math.ceilDiv(code.length, PAGE) * (long) PAGE;
    MemorySegment writable =
        map(bytes, Outside.READ | Outside.WRITE, Outside.PRIVATE | Outside.ANONYMOUS, -1);
    if (writable == null) {
      throw new UnsupportedOperationException("the system gives no memory (mmap)");
    }
    MemorySegment.copy(MemorySegment.ofArray(code), 0, writable, 0, code.length);
    if (Outside.protect(writable.address(), bytes, Outside.READ | Outside.EXECUTE) == 0) {
      return owned(writable, bytes);
    }
    unmap(writable, bytes);
    return installTwice(code, bytes);
  }

  /** Through a file in memory. */
  static MemorySegment installTwice(byte[] code, long bytes) {
    int file;
    try (Arena arena = Arena.ofConfined()) {
      file = (int) Outside.makeFile(arena.allocateFrom("sardonyx"));
    }
    if (file < 0) {
      throw new UnsupportedOperationException(
          "the system allows no executable memory (mprotect and memfd_create are refused)");
    }
    try {
      return mapTwice(code, bytes, file);
    } finally {
      var _ = Outside.close(file);
    }
  }

  private static MemorySegment mapTwice(byte[] code, long bytes, int file) {
    boolean sized = Outside.truncate(file, bytes) == 0;
    MemorySegment writable =
        sized ? map(bytes, Outside.READ | Outside.WRITE, Outside.SHARED, file) : null;
    if (writable != null) {
      MemorySegment.copy(MemorySegment.ofArray(code), 0, writable, 0, code.length);
      unmap(writable, bytes);
      MemorySegment executable = map(bytes, Outside.READ | Outside.EXECUTE, Outside.SHARED, file);
      if (executable != null) {
        return owned(executable, bytes);
      }
    }
    throw new UnsupportedOperationException(
        "the system allows no executable memory (neither mprotect nor a second mapping)");
  }

  private static MemorySegment owned(MemorySegment address, long bytes) {
    Consumer<MemorySegment> cleanup = segment -> unmap(segment, bytes);
    return address.reinterpret(bytes, Arena.ofAuto(), cleanup).asReadOnly();
  }

  private static @Nullable MemorySegment map(long bytes, int protection, int flags, int file) {
    long address = Outside.map(bytes, protection, flags, file);
    return address == Outside.FAILED ? null : MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static void unmap(MemorySegment address, long bytes) {
    var _ = Outside.unmap(address.address(), bytes);
  }
}
