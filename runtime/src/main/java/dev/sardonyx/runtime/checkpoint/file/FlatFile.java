package dev.sardonyx.runtime.checkpoint.file;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.ReadOptions;

/** Formats in which tensors have names and nothing is nested. */
public final class FlatFile {
  private FlatFile() {}

  /** Refuses a key path. Errors: NOT_FOUND. */
  public static void requireNoKey(ReadOptions options, String format) {
    String key = options.key().orElse("");
    if (!key.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, format + " files are not nested: nothing stands at '" + key + "'");
    }
  }
}
