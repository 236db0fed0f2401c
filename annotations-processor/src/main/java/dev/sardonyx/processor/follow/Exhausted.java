package dev.sardonyx.processor.follow;

/** Ends the interpretation of a model that takes too many steps or calls too deeply. */
final class Exhausted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Exhausted(String what) {
    super(what, null, false, false);
  }
}
