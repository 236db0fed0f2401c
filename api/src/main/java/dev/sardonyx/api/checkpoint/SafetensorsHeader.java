package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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
public record SafetensorsHeader(
    Map<String, SafetensorsEntry> entries, Map<String, String> metadata, long data) {
  /** What the files are named. */
  public static final String EXTENSION = ".safetensors";

  /** The name in a header that is no tensor's. */
  public static final String METADATA = "__metadata__";

  private static final long LONGEST = 100_000_000;

  /** The header of a file in memory. Errors: FORMAT, LIMIT, UNSUPPORTED. */
  public static SafetensorsHeader read(MemorySegment file) {
    long size = file.byteSize();
    long length = length(file.asSlice(0, Math.min(size, Long.BYTES)).asByteBuffer(), size);
    return read(file.asSlice(Long.BYTES, length).asByteBuffer(), size);
  }

  /** The header of a file on disk, of which nothing else is read. Errors: as above, IOException. */
  static SafetensorsHeader read(FileChannel file) throws IOException {
    long size = file.size();
    long length = length(FileBytes.of(file, 0, Long.BYTES), size);
    return read(FileBytes.of(file, Long.BYTES, length), size);
  }

  private static long length(ByteBuffer head, long fileSize) {
    if (head.remaining() < Long.BYTES) {
      throw fault("it has " + fileSize + " bytes, the length of its header takes 8");
    }
    long length = head.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (length < 0 || length > LONGEST) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "its header would have "
              + Long.toUnsignedString(length)
              + " bytes; the format allows "
              + LONGEST);
    }
    if (length > fileSize - Long.BYTES) {
      throw fault(
          "its header would have "
              + length
              + " bytes, the file has "
              + (fileSize - Long.BYTES)
              + " after the header's length");
    }
    return length;
  }

  private static SafetensorsHeader read(ByteBuffer text, long fileSize) {
    long data = Long.BYTES + (long) text.remaining();
    JsonValue json = JsonReader.read(text);
    if (!(json instanceof JsonObject(var members))) {
      throw fault("its header must be a JSON object");
    }
    Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (!name.equals(METADATA)) {
            entries.put(name, entry(name, value));
          }
        });
    requireNoGaps(entries, fileSize - data);
    return new SafetensorsHeader(entries, metadata(members.get(METADATA)), data);
  }

  private static SafetensorsEntry entry(String name, JsonValue value) {
    try {
      return SafetensorsEntry.read(value);
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

  private static void requireNoGaps(Map<String, SafetensorsEntry> entries, long available) {
    List<Map.Entry<String, SafetensorsEntry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong(
                (Map.Entry<String, SafetensorsEntry> entry) -> entry.getValue().begin())
            .thenComparingLong(entry -> entry.getValue().end()));
    long end = 0;
    for (Map.Entry<String, SafetensorsEntry> entry : sorted) {
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
