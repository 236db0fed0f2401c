package dev.sardonyx.ort;

import dev.sardonyx.api.engine.Lifetime;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.Signature;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import java.util.List;
import java.util.Map;

/**
 * A session of a graph that takes sequences or optionals. The nodes that put those together depend
 * on how many values there are, so that each run opens a session of its own.
 */
final class AssembledSession implements Session {
  private final Graph graph;
  private final SessionOptions options;
  private final OrtOptimisations optimisations;
  private final Lifetime lifetime;

  AssembledSession(Graph graph, SessionOptions options, OrtOptimisations optimisations) {
    Carriage.require(graph);
    this.graph = graph;
    this.options = options;
    this.optimisations = optimisations;
    lifetime = new Lifetime("the session of " + graph.name(), () -> {});
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    return lifetime.use(() -> runOnce(inputs));
  }

  private Map<String, Data> runOnce(Map<String, ? extends Data> inputs) {
    List<Data> data = Signature.check(graph, inputs);
    Carriage carriage = Carriage.of(graph, data);
    try (Session session = OrtSessions.open(graph, carriage, options, optimisations)) {
      return session.runData(inputs);
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
