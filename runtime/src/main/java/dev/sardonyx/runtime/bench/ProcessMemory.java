package dev.sardonyx.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What this process has taken of the machine's memory. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private ProcessMemory() {}

  /** The most that was ever resident, in megabytes of 2^20 bytes; empty where nothing tells. */
  public static OptionalDouble peakMegabytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToDouble(kilobytes -> Long.parseLong(kilobytes) / 1024.0)
          .findFirst();
    } catch (IOException elsewhere) {
      return OptionalDouble.empty();
    }
  }
}
