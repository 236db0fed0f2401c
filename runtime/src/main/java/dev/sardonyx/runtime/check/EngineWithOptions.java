package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.engine.LossyEngine;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An engine whose sessions have some options that whoever opens them does not choose. */
record EngineWithOptions(Engine engine, UnaryOperator<SessionOptions> change)
    implements LossyEngine {

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
    return engine.open(graph, change.apply(options));
  }

  @Override
  public Optional<ProfiledSession> openProfiled(Graph graph, SessionOptions options) {
    return engine.openProfiled(graph, change.apply(options));
  }

  @Override
  public ExpectedLoss loss(Graph graph, SessionOptions options) {
    return LossyEngine.of(engine, graph, change.apply(options));
  }
}
