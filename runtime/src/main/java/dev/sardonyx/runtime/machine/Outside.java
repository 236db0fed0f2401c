package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandleProxies;

/**
 * What is called outside of Java: functions of the C library that executable memory takes, with
 * Linux's names and numbers, and code itself. Proxies want public interfaces; the class around them
 * keeps them in this package.
 */
@SuppressWarnings("restricted") // native access is asked about before this class is loaded
final class Outside {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int EXECUTE = 4;
  static final int SHARED = 1;
  static final int PRIVATE = 2;
  static final int ANONYMOUS = 0x20;

  /** What mmap gives where it fails. */
  static final long FAILED = -1;

  /** See {@code man mmap}. */
  public interface Map {
    MemorySegment map(
        MemorySegment at, long bytes, int protection, int flags, int file, long offset);
  }

  /** See {@code man mprotect}. */
  public interface Protect {
    int protect(MemorySegment at, long bytes, int protection);
  }

  /** See {@code man munmap}. */
  public interface Unmap {
    int unmap(MemorySegment at, long bytes);
  }

  /** See {@code man memfd_create}. */
  public interface MakeFile {
    int make(MemorySegment name, int flags);
  }

  /** See {@code man ftruncate}. */
  public interface Truncate {
    int truncate(int file, long bytes);
  }

  /** See {@code man close}. */
  public interface Close {
    int close(int file);
  }

  /** Code, which takes the address of its arguments. */
  public interface Entry {
    void enter(MemorySegment code, MemorySegment arguments);
  }

  private static final Linker LINKER = Linker.nativeLinker();

  static final Map MMAP =
      function(
          Map.class, "mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  static final Protect MPROTECT =
      function(Protect.class, "mprotect", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  static final Unmap MUNMAP = function(Unmap.class, "munmap", JAVA_INT, ADDRESS, JAVA_LONG);
  static final MakeFile MEMFD_CREATE =
      function(MakeFile.class, "memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
  static final Truncate FTRUNCATE =
      function(Truncate.class, "ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
  static final Close CLOSE = function(Close.class, "close", JAVA_INT, JAVA_INT);

  static final Entry ENTRY =
      MethodHandleProxies.asInterfaceInstance(
          Entry.class, LINKER.downcallHandle(FunctionDescriptor.ofVoid(ADDRESS)));

  private Outside() {}

  private static <T> T function(
      Class<T> type, String name, MemoryLayout result, MemoryLayout... arguments) {
    MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
    return MethodHandleProxies.asInterfaceInstance(
        type, LINKER.downcallHandle(address, FunctionDescriptor.of(result, arguments)));
  }
}
