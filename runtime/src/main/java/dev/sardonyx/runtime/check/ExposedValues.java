package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every value that a run computes inside a graph, for which the graph is opened with all of them as
 * outputs and without optimisations, so that no engine fuses any of them away.
 *
 * @param missing values that the engine does not give, and why
 */
record ExposedValues(Map<String, Data> values, Map<String, String> missing) {

  /** Errors: those of the engine on the graph with its own outputs. */
  static ExposedValues of(Engine engine, Graph graph, Map<String, Data> inputs) {
    Map<String, Value> all = new LinkedHashMap<>();
    graph.outputs().forEach(output -> all.put(output.name(), output));
    List<Value> inner = new ArrayList<>();
    for (Node node : graph.nodes()) {
      for (Value output : node.outputs()) {
        if (output.isPresent() && all.putIfAbsent(output.name(), output) == null) {
          inner.add(output);
        }
      }
    }
    Map<String, String> missing = new LinkedHashMap<>();
    try {
      return new ExposedValues(run(engine, graph, inner, inputs), missing);
    } catch (SardonyxException _) { // which of them it is, is asked next
      run(engine, graph, List.of(), inputs);
      findMissing(engine, graph, inner, inputs, missing);
    }
    inner.removeIf(value -> missing.containsKey(value.name()));
    return new ExposedValues(run(engine, graph, inner, inputs), missing);
  }

  /** Halves what is asked for until values that cannot be had stand alone. */
  private static void findMissing(
      Engine engine,
      Graph graph,
      List<Value> inner,
      Map<String, Data> inputs,
      Map<String, String> missing) {
    try {
      run(engine, graph, inner, inputs);
    } catch (SardonyxException error) {
      if (inner.size() == 1) {
        missing.put(inner.getFirst().name(), error.reason());
        return;
      }
      int half = inner.size() / 2;
      findMissing(engine, graph, inner.subList(0, half), inputs, missing);
      findMissing(engine, graph, inner.subList(half, inner.size()), inputs, missing);
    }
  }

  private static Map<String, Data> run(
      Engine engine, Graph graph, List<Value> inner, Map<String, Data> inputs) {
    List<Value> outputs = new ArrayList<>(graph.outputs());
    outputs.addAll(inner);
    var options = SessionOptions.defaults().asWritten();
    try (Session session = engine.open(graph.withOutputs(outputs), options)) {
      return session.runData(inputs);
    }
  }
}
