package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * What is called outside of Java: code, and Linux, all of whose calls go through one function of
 * the C library; and all through one handle. Names and numbers are Linux's on x86-64. Proxies want
 * public interfaces; the class around them keeps them in this package.
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

  /** What takes up to seven numbers and gives one, as the C library's functions do. */
  public interface Door {
    long call(MemorySegment target, long a, long b, long c, long d, long e, long f, long g);
  }

  private static final Linker LINKER = Linker.nativeLinker();

  private static final MemorySegment SYSTEM = LINKER.defaultLookup().findOrThrow("syscall");

  /** The one handle, for a JVM takes 10 to 30 ms to link another. */
  private static final Door DOOR = door();

  private Outside() {}

  private static Door door() {
    var numbers = new MemoryLayout[7];
    Arrays.fill(numbers, JAVA_LONG);
    MethodHandle handle =
        LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_LONG, numbers), Linker.Option.firstVariadicArg(1));
    return MethodHandleProxies.asInterfaceInstance(Door.class, handle);
  }

  /** Runs code, which takes the address of its arguments. */
  static void enter(MemorySegment code, MemorySegment arguments) {
    try {
      var _ = DOOR.call(code, arguments.address(), 0, 0, 0, 0, 0, 0);
    } finally {
      Reference.reachabilityFence(arguments);
    }
  }

  /** See {@code man syscall}. */
  static long system(long number, long a, long b, long c, long d, long e, long f) {
    return DOOR.call(SYSTEM, number, a, b, c, d, e, f);
  }

  /** See {@code man mmap}; anywhere. */
  static long map(long bytes, int protection, int flags, int file) {
    return system(MMAP, 0, bytes, protection, flags, file, 0);
  }

  /** See {@code man mprotect}. */
  static long protect(long address, long bytes, int protection) {
    return system(MPROTECT, address, bytes, protection, 0, 0, 0);
  }

  /** See {@code man munmap}. */
  static long unmap(long address, long bytes) {
    return system(MUNMAP, address, bytes, 0, 0, 0, 0);
  }

  /** See {@code man memfd_create}; the name is a text that ends with a zero. */
  static long makeFile(MemorySegment name) {
    return system(MEMFD_CREATE, name.address(), 0, 0, 0, 0, 0);
  }

  /** See {@code man ftruncate}. */
  static long truncate(int file, long bytes) {
    return system(FTRUNCATE, file, bytes, 0, 0, 0, 0);
  }

  /** See {@code man close}. */
  static long close(int file) {
    return system(CLOSE, file, 0, 0, 0, 0, 0);
  }

  /** Asks for the tiles of AMX, once for the process and its threads. */
  static boolean permitsTiles() {
    return system(ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, TILE_DATA, 0, 0, 0, 0) == 0;
  }
}
