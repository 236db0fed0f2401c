package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.json.JsonReader;
import dev.sardonyx.runtime.checkpoint.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How near a number must be: {@code |found - expected| <= absolute + relative * |expected|}.
 * Source: ONNX's backend test runner.
 */
record Closeness(double absolute, double relative) {
  private static final Closeness STANDARD = new Closeness(1e-7, 1e-3);

  /** What a case asks for: by {@code data.json} beside the model, else the standard. */
  static Closeness of(DataSet set) {
    Path file = set.folder().resolve("data.json");
    if (!Files.exists(file)) {
      return STANDARD;
    }
    try {
      JsonValue json = JsonReader.read(ByteBuffer.wrap(Files.readAllBytes(file)));
      return new Closeness(
          number(json, "atol", STANDARD.absolute), number(json, "rtol", STANDARD.relative));
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

  /** Whether a number is near enough; NaN is near NaN, and an infinity itself. */
  boolean allows(double found, double expected) {
    if (Double.isNaN(expected) || Double.isInfinite(expected) || !Double.isFinite(found)) {
      return Double.compare(found, expected) == 0;
    }
    return Math.abs(found - expected) <= absolute + relative * Math.abs(expected);
  }

  @Override
  public String toString() {
    return absolute + " + " + relative + " * |expected|";
  }
}
