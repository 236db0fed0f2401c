package dev.sardonyx.processor.follow;

/** Leads out of library code that needs a value which is not known; caught at its call. */
final class UnknownResult extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownResult() {
    super("unknown", null, false, false);
  }
}
