package dev.sardonyx.runtime.regex;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;

/** A place in a pattern that is read. */
final class Cursor {
  private final int[] pattern;
  private int at;

  Cursor(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  boolean hasNext() {
    return at < pattern.length;
  }

  /** The character here, -1 at the end. */
  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    return at + ahead < pattern.length ? pattern[at + ahead] : -1;
  }

  /** The character here, which is passed. Errors: UNSUPPORTED at the end. */
  int next() {
    if (!hasNext()) {
      throw refused("it ends too early");
    }
    return pattern[at++];
  }

  /** Passes some text if it stands here. */
  boolean take(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (peek(i) != text.charAt(i)) {
        return false;
      }
    }
    at += text.length();
    return true;
  }

  /** The text up to the next place of some text, both passed. Errors: UNSUPPORTED without one. */
  String until(String end) {
    var text = new StringBuilder();
    while (!take(end)) {
      text.appendCodePoint(next());
    }
    return text.toString();
  }

  int place() {
    return at;
  }

  void back(int place) {
    at = place;
  }

  /** The error of a pattern that RE2 would refuse, or that is not understood. */
  SardonyxException refused(String law) {
    return new SardonyxException(
        ErrorCode.UNSUPPORTED,
        "the pattern " + new String(pattern, 0, pattern.length) + ", at " + at + ": " + law);
  }
}
