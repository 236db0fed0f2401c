package dev.sardonyx.runtime.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the Python literals that a .npy header may hold: strings, True, False, tuples of integers.
 */
final class PythonLiterals {
  private final String text;
  private int at;

  PythonLiterals(String text) {
    this.text = text;
  }

  Map<String, Object> dict() {
    Map<String, Object> entries = new HashMap<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      entries.put(key, value());
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    return entries;
  }

  private Object value() {
    return switch (peek()) {
      case '\'', '"' -> string();
      case '(' -> tuple();
      default -> word();
    };
  }

  private Object word() {
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw NpyHeader.fault("its header cannot be read from '" + text.substring(at).strip() + "'");
  }

  private List<Long> tuple() {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      skipBlanks();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > 18) {
        throw NpyHeader.fault("its shape is not a tuple of sizes: " + text.strip());
      }
      sizes.add(Long.parseLong(text.substring(start, at)));
      accept('L');
      if (!accept(',')) {
        expect(')');
        break;
      }
      skipBlanks();
    }
    return sizes;
  }

  private String string() {
    char quote = peek();
    expect(quote == '"' ? '"' : '\'');
    int end = text.indexOf(quote, at);
    if (end < 0) {
      throw NpyHeader.fault("a string in its header does not end");
    }
    String result = text.substring(at, end);
    at = end + 1;
    return result;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    skipBlanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean accept(char wanted) {
    boolean found = peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw NpyHeader.fault("its header lacks '" + wanted + "' at " + at + ": " + text.strip());
    }
  }
}
