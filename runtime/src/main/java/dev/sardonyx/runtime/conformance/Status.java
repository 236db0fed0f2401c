package dev.sardonyx.runtime.conformance;

import java.util.Locale;

/** How far a data set came. */
public enum Status {
  /** Its outputs are written. */
  OK,
  /** It was refused, with a reason that says what is lacking. */
  UNSUPPORTED,
  /** It failed otherwise. */
  ERROR,
  /** It did not end in time. */
  TIMEOUT;

  /** As the contract spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
