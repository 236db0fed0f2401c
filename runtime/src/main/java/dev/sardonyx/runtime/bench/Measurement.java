package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A line that {@code sardonyx bench --json} prints of one engine: times, a ratio, or a start. */
public record Measurement(Map<String, JsonValue> fields) {

  /** A measurement from its line. Errors: FORMAT. */
  public static Measurement parse(String line) {
    JsonValue value = JsonReader.read(StandardCharsets.UTF_8.encode(line));
    return new Measurement(
        value instanceof JsonValue.JsonObject(Map<String, JsonValue> members) ? members : Map.of());
  }

  /** Whether it has a field. */
  public boolean has(String field) {
    return fields.containsKey(field);
  }

  /** A field's text; empty where it is none or not there. */
  public String text(String field) {
    return fields.get(field) instanceof JsonValue.JsonString(String text) ? text : "";
  }

  /** A field's number; NaN where it is none or not there. */
  public double number(String field) {
    return fields.get(field) instanceof JsonValue.JsonNumber(String digits)
        ? Double.parseDouble(digits)
        : Double.NaN;
  }

  /**
   * The model, how its weights are stored where they are not as it has them, and the precision
   * where it is not float32's.
   */
  public String subject() {
    String weights = text("weights");
    String precision = text("precision");
    boolean asGiven = weights.isEmpty() || weights.equals(WeightStorage.FLOAT32.word());
    return text("model")
        + (asGiven ? "" : " " + weights)
        + (precision.isEmpty() ? "" : " precision " + precision);
  }

  /** Whether it is of this subject, batch and number of threads. */
  public boolean isOf(String subject, int batch, int threads) {
    return subject().equals(subject) && number("batch") == batch && number("threads") == threads;
  }

  /** Whether it tells how many times as long as the native engine ONNX Runtime took. */
  public boolean isRatio() {
    return has("ratio_ort_over_native");
  }

  /** Whether it tells of starts of processes. */
  public boolean isStart() {
    return has("cold_ms");
  }
}
