package dev.sardonyx.runtime.interpret;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts strings as Python's str.split does.
 *
 * @param delimiter what stands between parts; if empty, white space of any length
 * @param most how often a string is cut at most; below 0 for always
 */
record Splitter(String delimiter, long most) {

  List<String> parts(String text) {
    return delimiter.isEmpty() ? betweenSpace(text) : betweenDelimiters(text);
  }

  private List<String> betweenDelimiters(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (most < 0 || parts.size() < most) {
      int at = text.indexOf(delimiter, from);
      if (at < 0) {
        break;
      }
      parts.add(text.substring(from, at));
      from = at + delimiter.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** White space before a part is dropped, behind the last one only where it could be cut. */
  private List<String> betweenSpace(String text) {
    List<String> parts = new ArrayList<>();
    int from = skip(text, 0, true);
    while (from < text.length() && (most < 0 || parts.size() < most)) {
      int end = skip(text, from, false);
      parts.add(text.substring(from, end));
      from = skip(text, end, true);
    }
    if (from < text.length()) {
      parts.add(text.substring(from));
    }
    return parts;
  }

  private static int skip(String text, int from, boolean space) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at)) == space) {
      at++;
    }
    return at;
  }

  /** Unicode's white space and separators of ASCII, none of which is a surrogate. */
  private static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r'
        || c >= '\u001c' && c <= ' '
        || c == '\u0085'
        || Character.isSpaceChar(c);
  }
}
