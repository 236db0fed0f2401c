package dev.sardonyx.processor.follow;

/** What is no object: the interpreter's values are these, boxed numbers, and objects. */
enum Special {
  /** Nothing is known of the value; whatever is computed from it is unknown as well. */
  UNKNOWN,
  /** Java's null. */
  NULL;

  /** Whether a value is not known. */
  static boolean isUnknown(Object value) {
    return value == UNKNOWN;
  }
}
