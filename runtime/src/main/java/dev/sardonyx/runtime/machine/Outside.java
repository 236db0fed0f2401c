package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.util.Arrays;

/**
 * What is called outside of Java: code, and Linux, all of whose calls go through one function of
 * the C library, for each function costs a JVM 10 to 20 ms to link. Names and numbers are Linux's
 * on x86-64. Proxies want public interfaces; the class around them keeps them in this package.
 */
@SuppressWarnings("restricted") // native access is asked about before this class is loaded
final class Outside {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int EXECUTE = 4;
  static final int SHARED = 1;
  static final int PRIVATE = 2;
  static final int ANONYMOUS = 0x20;

  /** What a call gives where it fails. */
  static final long FAILED = -1;

  // The numbers of calls; see man syscalls.
  private static final long CLOSE = 3;
  private static final long MMAP = 9;
  private static final long MPROTECT = 10;
  private static final long MUNMAP = 11;
  private static final long FTRUNCATE = 77;
  private static final long ARCH_PRCTL = 158;
  private static final long MEMFD_CREATE = 319;

  /** What arch_prctl is asked for, and the component of XCR0: the data of tiles. */
  private static final long ARCH_REQ_XCOMP_PERM = 0x1023;

  private static final long TILE_DATA = 18;

  /** See {@code man syscall}. */
  public interface SystemCall {
    long call(long number, long a, long b, long c, long d, long e, long f);
  }

  /** Code, which takes the address of its arguments. */
  public interface Entry {
    void enter(MemorySegment code, MemorySegment arguments);
  }

  private static final Linker LINKER = Linker.nativeLinker();

  static final SystemCall SYSTEM = system();

  static final Entry ENTRY =
      MethodHandleProxies.asInterfaceInstance(
          Entry.class, LINKER.downcallHandle(FunctionDescriptor.ofVoid(ADDRESS)));

  private Outside() {}

  private static SystemCall system() {
    var arguments = new MemoryLayout[7];
    Arrays.fill(arguments, JAVA_LONG);
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, arguments),
            Linker.Option.firstVariadicArg(1));
    return MethodHandleProxies.asInterfaceInstance(SystemCall.class, handle);
  }

  /** See {@code man mmap}; anywhere. */
  static long map(long bytes, int protection, int flags, int file) {
    return SYSTEM.call(MMAP, 0, bytes, protection, flags, file, 0);
  }

  /** See {@code man mprotect}. */
  static long protect(long address, long bytes, int protection) {
    return SYSTEM.call(MPROTECT, address, bytes, protection, 0, 0, 0);
  }

  /** See {@code man munmap}. */
  static long unmap(long address, long bytes) {
    return SYSTEM.call(MUNMAP, address, bytes, 0, 0, 0, 0);
  }

  /** See {@code man memfd_create}; the name is a text that ends with a zero. */
  static long makeFile(MemorySegment name) {
    return SYSTEM.call(MEMFD_CREATE, name.address(), 0, 0, 0, 0, 0);
  }

  /** See {@code man ftruncate}. */
  static long truncate(int file, long bytes) {
    return SYSTEM.call(FTRUNCATE, file, bytes, 0, 0, 0, 0);
  }

  /** See {@code man close}. */
  static long close(int file) {
    return SYSTEM.call(CLOSE, file, 0, 0, 0, 0, 0);
  }

  /** Asks for the tiles of AMX, once for the process and its threads. */
  static boolean permitsTiles() {
    return SYSTEM.call(ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, TILE_DATA, 0, 0, 0, 0) == 0;
  }
}
