package dev.sardonyx.api.graph;

import dev.sardonyx.api.error.SourceLocation;
import java.util.Optional;

/** Where a node comes from: the module that made it (a state_dict path) and the user's line. */
public record Origin(String module, Optional<SourceLocation> source) {
  private static final Origin UNKNOWN = new Origin("", Optional.empty());

  /** Nothing known. */
  public static Origin unknown() {
    return UNKNOWN;
  }
}
