package dev.sardonyx.runtime.certificate;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonArray;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import dev.sardonyx.api.json.JsonValue.JsonWord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value of JSON that must be of a kind. Errors: FORMAT, with its place, where it is of another.
 *
 * @param place {@code certificate.runs[0]}
 */
record Members(JsonValue value, String place) {

  private SardonyxException fault(String expected) {
    return new SardonyxException(ErrorCode.FORMAT, Excerpt.of(place) + " must be " + expected);
  }

  Members of(String name) {
    if (!(value instanceof JsonObject(var members))) {
      throw fault("an object");
    }
    JsonValue member = members.get(name);
    var result = new Members(member == null ? JsonWord.NULL : member, place + "." + name);
    if (member == null) {
      throw result.fault("there");
    }
    return result;
  }

  String text() {
    if (!(value instanceof JsonString(String text))) {
      throw fault("a string");
    }
    return text;
  }

  String text(String name) {
    return of(name).text();
  }

  /** A number; what is not finite is a string. */
  double number() {
    try {
      return switch (value) {
        case JsonNumber(String digits) -> Double.parseDouble(digits);
        case JsonString(String text) when text.matches("NaN|-?Infinity") ->
            Double.parseDouble(text);
        case JsonString _, JsonObject _, JsonArray _, JsonWord _ -> throw fault("a number");
      };
    } catch (NumberFormatException _) {
      throw fault("a number");
    }
  }

  double number(String name) {
    return of(name).number();
  }

  long whole() {
    if (!(value instanceof JsonNumber(String digits)) || !digits.matches("-?[0-9]{1,18}")) {
      throw fault("a whole number");
    }
    return Long.parseLong(digits);
  }

  long whole(String name) {
    return of(name).whole();
  }

  boolean flag(String name) {
    Members member = of(name);
    if (!(member.value instanceof JsonWord word) || word == JsonWord.NULL) {
      throw member.fault("true or false");
    }
    return word == JsonWord.TRUE;
  }

  List<Members> list(String name) {
    Members member = of(name);
    if (!(member.value instanceof JsonArray(var elements))) {
      throw member.fault("a list");
    }
    List<Members> all = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      all.add(new Members(elements.get(i), member.place + "[" + i + "]"));
    }
    return all;
  }

  SortedMap<String, Members> object(String name) {
    Members member = of(name);
    if (!(member.value instanceof JsonObject(var members))) {
      throw member.fault("an object");
    }
    SortedMap<String, Members> all = new TreeMap<>();
    members.forEach((key, one) -> all.put(key, new Members(one, member.place + "." + key)));
    return all;
  }

  SortedMap<String, String> texts(String name) {
    SortedMap<String, String> all = new TreeMap<>();
    object(name).forEach((key, one) -> all.put(key, one.text()));
    return all;
  }
}
