package dev.sardonyx.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run by the build: writes down for the launcher which JDK Maven's toolchain found. */
public final class JavaHome {
  private JavaHome() {}

  /** Writes this JVM's home to the file that the argument names. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), System.getProperty("java.home") + "\n");
  }
}
