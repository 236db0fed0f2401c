package dev.sardonyx.runtime.checkpoint.sharded;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.json.Excerpt;
import dev.sardonyx.runtime.checkpoint.json.JsonReader;
import dev.sardonyx.runtime.checkpoint.json.JsonText;
import dev.sardonyx.runtime.checkpoint.json.JsonValue;
import dev.sardonyx.runtime.checkpoint.json.JsonValue.JsonNumber;
import dev.sardonyx.runtime.checkpoint.json.JsonValue.JsonObject;
import dev.sardonyx.runtime.checkpoint.json.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which tensor lies in which file of the same folder: {@code {"metadata": {...}, "weight_map":
 * {name: file}}}.
 */
record ShardIndex(Map<String, String> weightMap, Map<String, String> metadata) {
  private static final String TOTAL_SIZE = "total_size";

  /** Errors: FORMAT, LIMIT. */
  static ShardIndex read(ByteBuffer utf8) {
    if (!(JsonReader.read(utf8) instanceof JsonObject(var members))
        || !(members.get("weight_map") instanceof JsonObject(var map))) {
      throw fault("expected an index with an object weight_map");
    }
    Map<String, String> weightMap = new LinkedHashMap<>();
    map.forEach((name, file) -> weightMap.put(name, fileName(name, file)));
    return new ShardIndex(weightMap, metadata(members.get("metadata")));
  }

  /** Whoever wrote the index may name files beside it and no others. */
  private static String fileName(String tensor, JsonValue value) {
    if (!(value instanceof JsonString(String file))) {
      throw fault("weight_map must name a file for '" + Excerpt.of(tensor) + "'");
    }
    boolean plain =
        !file.isEmpty() && !file.startsWith(".") && file.chars().noneMatch(ShardIndex::isUnsafe);
    if (!plain) {
      throw fault(
          "weight_map must name files of the index's own folder, found '"
              + Excerpt.of(file)
              + "' for '"
              + Excerpt.of(tensor)
              + "'");
    }
    return file;
  }

  private static boolean isUnsafe(int c) {
    return c == '/' || c == '\\' || c == ':' || Character.isISOControl(c);
  }

  private static Map<String, String> metadata(@Nullable JsonValue value) {
    Map<String, String> result = new LinkedHashMap<>();
    if (value instanceof JsonObject(var members)) {
      members.forEach(
          (name, member) -> {
            if (member instanceof JsonString(String text)) {
              result.put(name, text);
            } else if (member instanceof JsonNumber(String digits) && !name.equals(TOTAL_SIZE)) {
              result.put(name, digits);
            }
          });
    }
    return result;
  }

  /** The text of an index file. */
  String text(long totalSize) {
    var header = new StringJoiner(",\n    ", "{\n  \"metadata\": {\n    ", "\n  },\n");
    header.add("\"" + TOTAL_SIZE + "\": " + totalSize);
    metadata.forEach((name, text) -> header.add(member(name, text)));
    List<String> entries =
        weightMap.entrySet().stream()
            .map(entry -> "    " + member(entry.getKey(), entry.getValue()))
            .toList();
    return header + "  \"weight_map\": {\n" + String.join(",\n", entries) + "\n  }\n}\n";
  }

  private static String member(String name, String text) {
    return JsonText.quoted(name) + ": " + JsonText.quoted(text);
  }

  private static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
