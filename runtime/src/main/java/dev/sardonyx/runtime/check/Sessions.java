package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** One graph opened on several engines, in their order. */
final class Sessions implements AutoCloseable {
  private final Map<String, Session> byEngine = new LinkedHashMap<>();

  Sessions(List<Engine> engines, Graph graph, SessionOptions options) {
    try {
      for (Engine engine : engines) {
        byEngine.put(engine.name(), engine.open(graph, options));
      }
    } catch (RuntimeException refused) {
      close();
      throw refused;
    }
  }

  void forEach(BiConsumer<String, Session> action) {
    byEngine.forEach(action);
  }

  @Override
  public void close() {
    byEngine.values().forEach(Session::close);
  }
}
