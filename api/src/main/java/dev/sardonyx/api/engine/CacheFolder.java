package dev.sardonyx.api.engine;

import java.nio.file.Path;
import java.util.Optional;

/** Where what can be made again is kept from one process to the next. */
final class CacheFolder {
  /** Set to a folder it takes the place of the user's. */
  private static final String PROPERTY = "sardonyx.cache";

  private CacheFolder() {}

  /** The folder that is asked for, else {@code sardonyx} among the user's caches. */
  static Path standard() {
    return of(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME")),
        System.getProperty("user.home"));
  }

  /** The same of given words; XDG's folder counts where its path is absolute, as its rules say. */
  static Path of(Optional<String> asked, Optional<String> caches, String home) {
    return asked
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .orElseGet(
            () ->
                caches
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .orElseGet(() -> Path.of(home, ".cache"))
                    .resolve("sardonyx"));
  }
}
