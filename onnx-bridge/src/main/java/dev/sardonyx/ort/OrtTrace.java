package dev.sardonyx.ort;

import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonReader;
import dev.sardonyx.api.json.JsonValue;
import dev.sardonyx.api.json.JsonValue.JsonNumber;
import dev.sardonyx.api.json.JsonValue.JsonObject;
import dev.sardonyx.api.json.JsonValue.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime writes of a profiled session: an array of events, one a line, among them each
 * call of a node's kernel and each run. Times are whole microseconds. Source: ONNX Runtime's
 * profiler, in the form of Chrome's tracing.
 */
final class OrtTrace {
  private static final String KERNEL = "_kernel_time";
  private static final String CHANNEL_BLOCKS = "_nchwc";
  private static final String FUSED = "fused ";

  /** The time of nodes with graphs is that of the nodes in those, too. */
  private static final Set<String> WITH_GRAPHS = Set.of("If", "Loop", "Scan", "SequenceMap");

  private record Call(String node, String operator, long start, long micros) {}

  /** The calls of a node in all runs. */
  private record Calls(String operator, List<Long> micros) {}

  private final Map<String, Calls> nodes = new LinkedHashMap<>();
  private final List<Call> run = new ArrayList<>();
  private int runs;

  private OrtTrace() {}

  /** The times that a file holds, of runs that have ended. Errors: ENGINE. */
  static List<NodeTime> read(Path file) {
    var trace = new OrtTrace();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          trace.add(line);
        }
      }
    } catch (IOException | SardonyxException error) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          "the trace that ONNX Runtime has written cannot be read: " + error.getMessage(),
          error);
    }
    return trace.times();
  }

  private void add(String line) {
    String text = line.substring(0, line.lastIndexOf('}') + 1);
    JsonValue value = JsonReader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    if (!(value instanceof JsonObject(Map<String, JsonValue> event))) {
      return;
    }
    String name = string(event.get("name"));
    if (name.equals("model_run")) {
      endRun();
    } else if (string(event.get("cat")).equals("Node") && name.endsWith(KERNEL)) {
      String operator =
          event.get("args") instanceof JsonObject(Map<String, JsonValue> more)
              ? string(more.get("op_name"))
              : "";
      add(new Call(node(name), operator, number(event.get("ts")), number(event.get("dur"))));
    }
  }

  private void add(Call call) {
    if (WITH_GRAPHS.contains(call.operator())) {
      run.removeIf(within -> within.start() >= call.start());
    }
    run.add(call);
  }

  private void endRun() {
    for (Call call : run) {
      nodes
          .computeIfAbsent(call.node(), _ -> new Calls(call.operator(), new ArrayList<>()))
          .micros()
          .add(call.micros());
    }
    run.clear();
    runs++;
  }

  /** The name of the graph's node where there is one: ONNX Runtime adds words to it. */
  private static String node(String event) {
    String name = event.substring(0, event.length() - KERNEL.length());
    if (name.endsWith(CHANNEL_BLOCKS)) {
      name = name.substring(0, name.length() - CHANNEL_BLOCKS.length());
    }
    return name.startsWith(FUSED) ? name.substring(FUSED.length()) : name;
  }

  private List<NodeTime> times() {
    List<NodeTime> times = new ArrayList<>();
    nodes.forEach(
        (name, calls) ->
            times.add(
                new NodeTime(
                    name,
                    calls.operator(),
                    middling(calls.micros()) * calls.micros().size() / runs / 1e3)));
    return times;
  }

  /** The mean of the middle half: whole microseconds say little of a short node otherwise. */
  private static double middling(List<Long> micros) {
    int edge = micros.size() / 4;
    return micros.stream()
        .sorted()
        .skip(edge)
        .limit(micros.size() - 2L * edge)
        .mapToLong(Long::longValue)
        .average()
        .orElse(0);
  }

  private static String string(@Nullable JsonValue value) {
    return value instanceof JsonString(String text) ? text : "";
  }

  private static long number(@Nullable JsonValue value) {
    return value instanceof JsonNumber(String digits) ? Math.round(Double.parseDouble(digits)) : 0;
  }
}
