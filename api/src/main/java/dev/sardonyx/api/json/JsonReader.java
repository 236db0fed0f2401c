package dev.sardonyx.api.json;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonValue.JsonArray;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import dev.sardonyx.api.json.JsonValue.JsonWord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON text: UTF-8, at most 16 values deep and 2 million values in all, no name twice in
 * an object. Source: RFC 8259.
 */
public final class JsonReader {
  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 2_000_000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?+([eE][+-]?[0-9]++)?+");

  private final String text;
  private int at;
  private int values;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The value that the bytes hold, and nothing else. Errors: FORMAT, LIMIT. */
  public static JsonValue read(ByteBuffer utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException error) {
      throw new SardonyxException(ErrorCode.FORMAT, "its JSON is not UTF-8", error);
    }
    var reader = new JsonReader(text);
    JsonValue value = reader.value(1);
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.fault("the end");
    }
    return value;
  }

  private JsonValue value(int depth) {
    if (depth > DEEPEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "its JSON is nested more than " + DEEPEST + " deep");
    }
    if (++values > MOST_VALUES) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "its JSON has more than " + MOST_VALUES + " values");
    }
    skipBlanks();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new JsonString(string());
      case 't' -> word("true", JsonWord.TRUE);
      case 'f' -> word("false", JsonWord.FALSE);
      case 'n' -> word("null", JsonWord.NULL);
      default -> number();
    };
  }

  private JsonObject object(int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    expect('{');
    boolean more = !accept('}');
    while (more) {
      skipBlanks();
      String name = string();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "its JSON has the name '" + Excerpt.of(name) + "' twice");
      }
      more = accept(',');
      if (!more) {
        expect('}');
      }
    }
    return new JsonObject(members);
  }

  private JsonArray array(int depth) {
    List<JsonValue> elements = new ArrayList<>();
    expect('[');
    boolean more = !accept(']');
    while (more) {
      elements.add(value(depth + 1));
      more = accept(',');
      if (!more) {
        expect(']');
      }
    }
    return new JsonArray(elements);
  }

  private JsonNumber number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw fault("a value");
    }
    at = matcher.end();
    return new JsonNumber(matcher.group());
  }

  private JsonWord word(String expected, JsonWord value) {
    if (!text.startsWith(expected, at)) {
      throw fault(expected);
    }
    at += expected.length();
    return value;
  }

  private String string() {
    if (peek() != '"') {
      throw fault("a string");
    }
    at++;
    var result = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return result.toString();
      }
      if (c < ' ') {
        throw fault("no control character within a string");
      }
      result.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw fault("an escape of JSON");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw fault("four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private char next() {
    if (at == text.length()) {
      throw fault("more");
    }
    return text.charAt(at++);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    skipBlanks();
    boolean found = peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw fault("'" + wanted + "'");
    }
  }

  private SardonyxException fault(String expected) {
    String rest = text.substring(at, Math.min(text.length(), at + 100));
    String found = rest.isEmpty() ? "its end" : "'" + Excerpt.of(rest) + "'";
    return new SardonyxException(
        ErrorCode.FORMAT,
        "its JSON breaks at character " + at + ": expected " + expected + ", found " + found);
  }
}
