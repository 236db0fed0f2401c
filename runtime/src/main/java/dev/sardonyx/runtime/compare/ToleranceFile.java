package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads tolerances from a file of JSON: {@code {"default": {"rtol": 1e-3, "atol": 1e-4, "l2":
 * 1e-3}, "outputs": {"logits": {...}}, "nodes": {"gemm_1": {...}}, "operators": {"Softmax":
 * {...}}}}, each of which may be left out.
 */
public final class ToleranceFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final List<String> PARTS = List.of("default", "outputs", "nodes", "operators");
  private static final List<String> BOUNDS = List.of("rtol", "atol", "l2");

  private ToleranceFile() {}

  /** Reads a file. Errors: FILE; LIMIT for more than 1 MiB; FORMAT, ARGUMENT for what it says. */
  public static Tolerances read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
    try {
      if (bytes.length > MOST_BYTES) {
        throw new SardonyxException(
            ErrorCode.LIMIT, "a file of tolerances has no more than " + MOST_BYTES + " bytes");
      }
      return tolerances(JsonReader.read(ByteBuffer.wrap(bytes)));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  private static Tolerances tolerances(JsonValue json) {
    Map<String, JsonValue> parts = members("the file", json, PARTS);
    JsonValue everything = parts.get("default");
    return new Tolerances(
        everything == null ? Tolerances.Other.NOTHING : other("default", everything),
        named("outputs", parts),
        named("nodes", parts),
        named("operators", parts));
  }

  private static Map<String, Tolerances.Other> named(String part, Map<String, JsonValue> parts) {
    Map<String, Tolerances.Other> all = new LinkedHashMap<>();
    JsonValue json = parts.get(part);
    if (json != null) {
      object(part, json)
          .members()
          .forEach((name, bounds) -> all.put(name, other(part + "." + name, bounds)));
    }
    return all;
  }

  private static Tolerances.Other other(String where, JsonValue json) {
    Map<String, JsonValue> bounds = members(where, json, BOUNDS);
    try {
      return new Tolerances.Other(
          bound(bounds, "rtol"), bound(bounds, "atol"), bound(bounds, "l2"));
    } catch (SardonyxException error) {
      throw error.withReason(where + ": " + error.reason());
    }
  }

  private static OptionalDouble bound(Map<String, JsonValue> bounds, String name) {
    JsonValue json = bounds.get(name);
    if (json == null) {
      return OptionalDouble.empty();
    }
    if (!(json instanceof JsonNumber(String digits))) {
      throw new SardonyxException(ErrorCode.FORMAT, name + " must be a number, such as 1e-3");
    }
    return OptionalDouble.of(Double.parseDouble(digits));
  }

  private static Map<String, JsonValue> members(String where, JsonValue json, List<String> known) {
    Map<String, JsonValue> members = object(where, json).members();
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw new SardonyxException(
            ErrorCode.FORMAT,
            "%s has '%s', expected some of %s%s"
                .formatted(where, name, known, NearestNames.hint(name, known)));
      }
    }
    return members;
  }

  private static JsonObject object(String where, JsonValue json) {
    if (!(json instanceof JsonObject object)) {
      throw new SardonyxException(ErrorCode.FORMAT, where + " must be a JSON object");
    }
    return object;
  }
}
