package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonArray;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One tensor of a header: bytes {@code [begin, end)} after the header. */
public record SafetensorsEntry(DType dtype, Shape shape, long begin, long end) {
  private static final int HIGHEST_RANK = 1024;
  private static final Set<String> MEMBERS = Set.of("dtype", "shape", "data_offsets");

  /** Errors: FORMAT, LIMIT. */
  static SafetensorsEntry read(JsonValue value) {
    if (!(value instanceof JsonObject(var members)) || !members.keySet().equals(MEMBERS)) {
      throw fault("expected an object of dtype, shape and data_offsets");
    }
    if (!(members.get("dtype") instanceof JsonString(String dtype))) {
      throw fault("its dtype must be a string");
    }
    List<JsonValue> sizes = array(members.get("shape"), "shape");
    List<JsonValue> offsets = array(members.get("data_offsets"), "data_offsets");
    if (offsets.size() != 2) {
      throw fault("its data_offsets must be two, found " + offsets.size());
    }
    if (sizes.size() > HIGHEST_RANK) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "rank " + sizes.size() + " is more than " + HIGHEST_RANK);
    }
    long[] dims = sizes.stream().mapToLong(SafetensorsEntry::natural).toArray();
    var entry =
        new SafetensorsEntry(
            SafetensorsType.read(dtype),
            Shape.of(dims),
            natural(offsets.get(0)),
            natural(offsets.get(1)));
    entry.requireFit();
    return entry;
  }

  /** Element type and shape. */
  public TensorType type() {
    return new TensorType(dtype, shape);
  }

  private void requireFit() {
    if (begin > end) {
      throw fault("its data begins at " + begin + ", after its end at " + end);
    }
    long elements = shape.elements().fixed();
    if (dtype.bits() < 8 && elements * dtype.bits() % 8 != 0) {
      throw fault(dtype + "" + shape + " does not fill whole bytes");
    }
    long expected = dtype.bytes(elements);
    if (expected != end - begin) {
      throw fault(
          dtype + "" + shape + " takes " + expected + " bytes, the data has " + (end - begin));
    }
  }

  private static List<JsonValue> array(@Nullable JsonValue value, String what) {
    if (value instanceof JsonArray(var elements)) {
      return elements;
    }
    throw fault("its " + what + " must be an array");
  }

  private static long natural(JsonValue value) {
    if (value instanceof JsonNumber(String digits)) {
      try {
        long number = Long.parseLong(digits);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException error) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "expected an integer of 63 bits, found " + shortened(digits), error);
      }
    }
    throw fault("sizes and offsets must be integers of 0 or more");
  }

  private static String shortened(String digits) {
    return digits.length() > 40 ? digits.length() + " digits" : digits;
  }

  private static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
