package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.runtime.compare.Tolerance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a case asks for: by {@code data.json} beside the model, else ONNX's standard. Source: ONNX's
 * backend test runner.
 */
final class Closeness {
  private static final Tolerance STANDARD = new Tolerance(1e-7, 1e-3, false);

  private Closeness() {}

  /** Reads the file, where there is one. Errors: FILE, FORMAT. */
  static Tolerance of(DataSet set) {
    Path file = set.folder().resolve("data.json");
    if (!Files.exists(file)) {
      return STANDARD;
    }
    try {
      JsonValue json = JsonReader.read(ByteBuffer.wrap(Files.readAllBytes(file)));
      return new Tolerance(
          number(json, "atol", STANDARD.absolute()),
          number(json, "rtol", STANDARD.relative()),
          false);
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  private static double number(JsonValue json, String name, double otherwise) {
    if (!(json instanceof JsonValue.JsonObject object)) {
      throw new SardonyxException(ErrorCode.FORMAT, "expected a JSON object");
    }
    return switch (object.members().get(name)) {
      case null -> otherwise;
      case JsonValue.JsonNumber(String digits) -> Double.parseDouble(digits);
      case JsonValue.JsonObject _,
          JsonValue.JsonArray _,
          JsonValue.JsonString _,
          JsonValue.JsonWord _ ->
          throw new SardonyxException(ErrorCode.FORMAT, name + " must be a number");
    };
  }
}
