package dev.sardonyx.processor.write;

import java.util.stream.Collectors;

/** Java string literals. */
final class Literals {
  private Literals() {}

  static String of(String text) {
    return text.chars()
        .mapToObj(character -> escape((char) character))
        .collect(Collectors.joining("", "\"", "\""));
  }

  /** ASCII only, so that the generated source reads the same under any encoding. */
  private static String escape(char character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          character < ' ' || character > '~'
              ? "\\u%04x".formatted((int) character)
              : Character.toString(character);
    };
  }
}
