package dev.sardonyx.runtime.generate.write;

/** Literals of Java. */
final class Literals {
  private static final int FIRST_PRINTABLE = ' ';
  private static final int LAST_ASCII = '~';

  private Literals() {}

  static String of(long value) {
    return value == (int) value ? Long.toString(value) : value + "L";
  }

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value).replaceFirst("(\\.0)?E", "e");
  }

  static String of(String value) {
    var text = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        default ->
            text.append(
                c < FIRST_PRINTABLE || c > LAST_ASCII ? "\\u%04x".formatted((int) c) : "" + c);
      }
    }
    return text.append('"').toString();
  }
}
