package dev.sardonyx.runtime.conformance;

import java.util.Locale;

/** What a judge says of a data set. */
public enum Verdict {
  /** All outputs are as expected. */
  PASSED,
  /** It ran, and an output is not as expected. */
  WRONG,
  /** It was refused. */
  UNSUPPORTED,
  /** It failed, or what is expected cannot be read. */
  ERROR,
  /** It did not end in time. */
  TIMEOUT,
  /** It ran, and there is nothing to compare with. */
  UNJUDGED;

  /** In lower case, as lists have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
