package dev.sardonyx.runtime.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One JSON object, its entries in the order in which they were put. */
final class Json {
  private final Map<String, String> entries = new LinkedHashMap<>();

  private Json() {}

  static Json object() {
    return new Json();
  }

  /** Adds an entry: text, number, boolean, list, another object, or null, which is left out. */
  Json put(String name, @Nullable Object value) {
    if (value != null) {
      entries.put(name, text(value));
    }
    return this;
  }

  private static String text(Object value) {
    return switch (value) {
      case Double number -> Double.isFinite(number) ? number.toString() : quoted(number.toString());
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case Json object -> object.toString();
      case List<?> list ->
          list.stream().map(Json::text).collect(Collectors.joining(", ", "[", "]"));
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var result = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> result.append('\\').append(c);
        case '\n' -> result.append("\\n");
        case '\t' -> result.append("\\t");
        default -> result.append(c < ' ' ? "\\u%04x".formatted((int) c) : "" + c);
      }
    }
    return result.append('"').toString();
  }

  @Override
  public String toString() {
    return entries.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
