package dev.sardonyx.runtime.text;

/** Text within HTML and XML. */
public final class Markup {
  private Markup() {}

  /**
   * The text as a document has it between tags and within quotes. What XML cannot have, such as
   * most control characters, becomes a question mark.
   */
  public static String escaped(String text) {
    var result = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&#39;");
                default -> result.appendCodePoint(isAllowed(c) ? c : '?');
              }
            });
    return result.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
