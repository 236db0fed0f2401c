package dev.sardonyx.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;

/**
 * Keeps ONNX Runtime's telemetry off. The Linux and macOS builds of 1.29 send names and hashes of
 * models to Microsoft unless the environment variable ORT_DISABLE_TELEMETRY is set before the
 * library is loaded, leave a file in the working folder, and kill the JVM when its command line is
 * longer than some 3,970 bytes, as a long class path makes it (measured). Only the C library can
 * set an environment variable of a process that runs.
 */
final class Telemetry {
  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  /** The C function setenv. Source: POSIX. */
  @FunctionalInterface
  public interface SetEnvironment {
    /** Sets a variable; a value that is there stays when overwrite is 0. Returns 0 when done. */
    int set(MemorySegment name, MemorySegment value, int overwrite);
  }

  private Telemetry() {}

  /** Turns it off, unless the user has set the variable. Where setenv is not, there is none. */
  @SuppressWarnings("restricted") // native access is what ONNX Runtime itself needs as well
  static void disable() {
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("setenv")
        .ifPresent(
            address -> {
              var type =
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_INT);
              var setenv =
                  MethodHandleProxies.asInterfaceInstance(
                      SetEnvironment.class, linker.downcallHandle(address, type));
              try (Arena arena = Arena.ofConfined()) {
                setenv.set(arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 0);
              }
            });
  }
}
