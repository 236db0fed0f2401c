package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File names as users write them. */
final class FileNames {
  private FileNames() {}

  /** The path of a name. Errors: USAGE where this system's locale cannot spell it. */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException wrong) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "expected a file name in the encoding of this system, %s, found '%s'; set LC_ALL=C.UTF-8"
              .formatted(System.getProperty("sun.jnu.encoding"), name),
          wrong);
    }
  }
}
