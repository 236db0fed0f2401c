package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonText;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which tensor lies in which file of the same folder: {@code {"metadata": {...}, "weight_map":
 * {name: file}}}.
 */
public record ShardIndex(Map<String, String> weightMap, Map<String, String> metadata) {
  /** What index files are named, after their shards' extension. */
  public static final String EXTENSION = ".index.json";

  private static final long LONGEST = 100_000_000;
  private static final String TOTAL_SIZE = "total_size";

  /** The index in a file's bytes. Errors: FORMAT, LIMIT. */
  public static ShardIndex read(MemorySegment file) {
    if (file.byteSize() > LONGEST) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "an index of more than " + LONGEST + " bytes is not read");
    }
    return read(file.asByteBuffer());
  }

  /** The index in a file on disk. Errors: as above, IOException. */
  static ShardIndex read(FileChannel file) throws IOException {
    return read(FileBytes.of(file, 0, file.size()));
  }

  private static ShardIndex read(ByteBuffer utf8) {
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

  /**
   * The entries of all shards in the index's order.
   *
   * @param read gives a shard's entries by its file's name; called once for each shard
   * @throws SardonyxException FORMAT where a shard lacks an entry or has one that the index lacks
   */
  public <T> Map<String, T> gather(Function<String, Map<String, T>> read) {
    Map<String, Map<String, T>> shards = new LinkedHashMap<>();
    Map<String, T> entries = new LinkedHashMap<>();
    weightMap.forEach(
        (name, shard) -> {
          T found =
              shards
                  .computeIfAbsent(shard, file -> new LinkedHashMap<>(read.apply(file)))
                  .remove(name);
          if (found == null) {
            throw fault(shard + " lacks '" + Excerpt.of(name) + "', which the index says it holds");
          }
          entries.put(name, found);
        });
    shards.forEach(ShardIndex::requireNothingLeft);
    return entries;
  }

  private static void requireNothingLeft(String shard, Map<String, ?> left) {
    left.keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw fault(shard + " holds '" + Excerpt.of(name) + "', which the index lacks");
            });
  }

  /** The text of an index file. */
  public String text(long totalSize) {
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
