package dev.sardonyx.runtime.checkpoint.safetensors;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.json.Excerpt;
import dev.sardonyx.runtime.checkpoint.json.JsonReader;
import dev.sardonyx.runtime.checkpoint.json.JsonValue;
import dev.sardonyx.runtime.checkpoint.json.JsonValue.JsonObject;
import dev.sardonyx.runtime.checkpoint.json.JsonValue.JsonString;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked: the tensors fill the rest of the file without hole or
 * overlap. Source: the safetensors README and its reference reader.
 *
 * @param data where in the file the offsets count from
 */
record Header(Map<String, HeaderEntry> entries, Map<String, String> metadata, long data) {
  static final String METADATA = "__metadata__";
  static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LONGEST = 100_000_000;

  /** Errors: FORMAT, LIMIT, UNSUPPORTED. */
  static Header read(MemorySegment file) {
    if (file.byteSize() < Long.BYTES) {
      throw fault("it has " + file.byteSize() + " bytes, the length of its header takes 8");
    }
    long length = file.get(LENGTH, 0);
    if (length < 0 || length > LONGEST) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "its header would have "
              + Long.toUnsignedString(length)
              + " bytes; the format allows "
              + LONGEST);
    }
    if (length > file.byteSize() - Long.BYTES) {
      throw fault(
          "its header would have "
              + length
              + " bytes, the file has "
              + (file.byteSize() - Long.BYTES)
              + " after the header's length");
    }
    JsonValue json = JsonReader.read(file.asSlice(Long.BYTES, length).asByteBuffer());
    if (!(json instanceof JsonObject(var members))) {
      throw fault("its header must be a JSON object");
    }
    Map<String, HeaderEntry> entries = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (!name.equals(METADATA)) {
            entries.put(name, entry(name, value));
          }
        });
    long data = Long.BYTES + length;
    requireNoGaps(entries, file.byteSize() - data);
    return new Header(entries, metadata(members.get(METADATA)), data);
  }

  private static HeaderEntry entry(String name, JsonValue value) {
    try {
      return HeaderEntry.read(value);
    } catch (SardonyxException error) {
      throw error.at("tensor '" + Excerpt.of(name) + "'");
    }
  }

  private static Map<String, String> metadata(@Nullable JsonValue value) {
    Map<String, String> result = new LinkedHashMap<>();
    if (value == null) {
      return result;
    }
    if (!(value instanceof JsonObject(var members))) {
      throw fault(METADATA + " must be an object of strings");
    }
    members.forEach(
        (name, text) -> {
          if (!(text instanceof JsonString(String content))) {
            throw fault(METADATA + " must hold strings only; '" + Excerpt.of(name) + "' is none");
          }
          result.put(name, content);
        });
    return result;
  }

  private static void requireNoGaps(Map<String, HeaderEntry> entries, long available) {
    List<Map.Entry<String, HeaderEntry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, HeaderEntry> entry) -> entry.getValue().begin())
            .thenComparingLong(entry -> entry.getValue().end()));
    long end = 0;
    for (Map.Entry<String, HeaderEntry> entry : sorted) {
      long begin = entry.getValue().begin();
      if (begin != end) {
        throw fault(
                "its data begins at "
                    + begin
                    + (begin < end ? ", on that of others, which ends at " : ", a hole after ")
                    + end)
            .at("tensor '" + Excerpt.of(entry.getKey()) + "'");
      }
      end = entry.getValue().end();
    }
    if (end != available) {
      throw fault("its tensors take " + end + " bytes, the file has " + available + " for them");
    }
  }

  private static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
