package dev.sardonyx.api.json;

import java.util.List;
import java.util.Map;

/** A value of JSON. */
public sealed interface JsonValue {

  /** Members in the file's order. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {}

  /** Elements. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {}

  /** A string. */
  record JsonString(String value) implements JsonValue {}

  /** A number, as it is written. */
  record JsonNumber(String digits) implements JsonValue {}

  /** true, false or null. */
  enum JsonWord implements JsonValue {
    TRUE,
    FALSE,
    NULL
  }
}
