package dev.sardonyx.runtime.conformance;

import java.util.Locale;

/** Where a data set fails. */
public enum Stage {
  /** While its files are read. */
  PARSE,
  /** While the engine opens the graph. */
  LOAD,
  /** While it is computed or its outputs are written. */
  RUN;

  /** As the contract spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
