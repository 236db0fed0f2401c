package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of graphs node by node. */
final class WrittenRun {
  private WrittenRun() {}

  /** The outputs of a graph whose nodes are computed as they are written. Errors: the engine's. */
  static Map<String, Data> of(Engine engine, Graph graph, Map<String, Data> inputs) {
    var options = SessionOptions.defaults().winograd(false).asWritten();
    try (Session session = engine.open(graph, options)) {
      return session.runData(inputs);
    }
  }

  /** The same with more values as outputs. */
  static Map<String, Data> of(
      Engine engine, Graph graph, Collection<Value> more, Map<String, Data> inputs) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output.name(), output));
    more.forEach(value -> outputs.putIfAbsent(value.name(), value));
    return of(engine, graph.withOutputs(List.copyOf(outputs.values())), inputs);
  }
}
