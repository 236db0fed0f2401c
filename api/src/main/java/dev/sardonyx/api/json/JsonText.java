package dev.sardonyx.api.json;

/** Texts as JSON writes them. Source: RFC 8259. */
public final class JsonText {
  private JsonText() {}

  /** The text in quotes, what JSON forbids escaped. */
  public static String quoted(String text) {
    var result = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> result.append('\\').append(c);
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> result.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return result.append('"').toString();
  }
}
