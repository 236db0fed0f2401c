package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import java.util.Optional;

/** An engine whose convolutions are sums of products as they are written. */
record WithoutWinograd(Engine engine) implements Engine {
  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public Optional<String> unavailable() {
    return engine.unavailable();
  }

  @Override
  public Session open(Graph graph, SessionOptions options) {
    return engine.open(graph, options.winograd(false));
  }
}
