package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A graph on one engine, segment by segment, each fed with what the ones before it computed, and
 * opened with all values as outputs and without optimisations, so that no engine fuses any of them
 * away. Between segments it keeps what is needed later, and no more.
 */
final class Chain {
  private final Engine engine;
  private final Graph graph;
  private final SessionOptions options;
  private final Map<String, Data> live;

  /**
   * What a segment computed.
   *
   * @param missing values that the engine does not give, and why
   */
  record Step(Map<String, Data> values, Map<String, String> missing) {}

  Chain(Engine engine, Graph graph, Map<String, Data> inputs, SessionOptions options) {
    this.engine = engine;
    this.graph = graph;
    this.options = options.asWritten();
    this.live = new LinkedHashMap<>(inputs);
  }

  Graph graph() {
    return graph;
  }

  /**
   * Runs a segment on what is kept. Errors: those of the engine on a segment of which it gives no
   * value at all.
   */
  Step run(Segment segment) {
    List<Value> results = new ArrayList<>(segment.results());
    if (results.isEmpty()) {
      return new Step(Map.of(), Map.of());
    }
    Map<String, String> missing = new LinkedHashMap<>();
    try {
      return new Step(run(segment, results), missing);
    } catch (SardonyxException error) { // which of them it is, is asked next
      if (segment.isWhole()) {
        run(segment, List.of());
      }
      findMissing(segment, results, missing);
      if (missing.size() == results.size()) {
        throw error;
      }
    }
    results.removeIf(value -> missing.containsKey(value.name()));
    return new Step(run(segment, results), missing);
  }

  /** Halves what is asked for until values that cannot be had stand alone. */
  private void findMissing(Segment segment, List<Value> asked, Map<String, String> missing) {
    try {
      run(segment, asked);
    } catch (SardonyxException error) {
      if (asked.size() == 1) {
        missing.put(asked.getFirst().name(), error.reason());
        return;
      }
      int half = asked.size() / 2;
      findMissing(segment, asked.subList(0, half), missing);
      findMissing(segment, asked.subList(half, asked.size()), missing);
    }
  }

  private Map<String, Data> run(Segment segment, List<Value> asked) {
    Map<String, Data> given = new LinkedHashMap<>();
    Graph part = segment.isWhole() ? whole(asked, given) : part(segment, asked, given);
    try (Session session = engine.open(part, options)) {
      return session.runData(given);
    }
  }

  private Graph whole(List<Value> asked, Map<String, Data> given) {
    given.putAll(live);
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output.name(), output));
    asked.forEach(output -> outputs.putIfAbsent(output.name(), output));
    return graph.withOutputs(List.copyOf(outputs.values()));
  }

  /** Whole numbers become constants: they may be shapes, which engines want to know beforehand. */
  private Graph part(Segment segment, List<Value> asked, Map<String, Data> given) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>();
    for (String name : segment.taken()) {
      Data value = value(name);
      if (value instanceof Tensor tensor && (isWhole(tensor.dtype()) || !live.containsKey(name))) {
        constants.put(name, tensor.dense());
      } else {
        inputs.add(new Value(name, value.type()));
        given.put(name, value);
      }
    }
    return new Graph(graph.name(), inputs, asked, segment.nodes(), constants, Map.of());
  }

  static boolean isWhole(DType dtype) {
    return dtype == DType.INT64 || dtype == DType.INT32;
  }

  /** A weight, an input or a value that is kept. */
  Data value(String name) {
    Data kept = live.get(name);
    return kept != null
        ? kept
        : Objects.requireNonNull(graph.initializers().get(name), "a value that is still needed");
  }

  /** Goes on behind a segment with what it computed, as far as that is needed there. */
  void advance(Step step, Predicate<String> isNeeded) {
    live.putAll(step.values());
    live.keySet().removeIf(name -> !isNeeded.test(name));
  }

  /** What is kept: behind the last segment the outputs of the graph that the engine gave. */
  Map<String, Data> live() {
    return live;
  }
}
