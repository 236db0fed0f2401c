package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.error.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one law; it goes with them. */
final class Scratch implements AutoCloseable {
  private final Path folder;

  Scratch() {
    try {
      folder = Files.createTempDirectory("sardonyx-contract");
    } catch (IOException error) {
      throw FileErrors.unwritable(Path.of(System.getProperty("java.io.tmpdir")), error);
    }
  }

  /** A file to be written. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** The files that are there, by name. */
  List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException error) {
      throw FileErrors.unreadable(folder, error);
    }
  }

  /** A file that is still mapped may refuse to go; then it goes with the JVM. */
  @Override
  public void close() {
    folder.toFile().deleteOnExit();
    for (Path file : files()) {
      if (!file.toFile().delete()) {
        file.toFile().deleteOnExit();
      }
    }
    folder.toFile().delete();
  }
}
