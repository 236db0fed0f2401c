package dev.sardonyx.processor.follow;

/** An exception that the interpreted code throws; which one is not followed. */
final class Thrown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Thrown() {
    super("thrown", null, false, false);
  }
}
