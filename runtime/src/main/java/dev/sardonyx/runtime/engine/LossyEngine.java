package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.plan.ExpectedLoss;

/** An engine that may lose accuracy where it is told to, and knows how much. */
public interface LossyEngine extends Engine {

  /** What a session of a graph with such options loses; of its nodes as they are written too. */
  ExpectedLoss loss(Graph graph, SessionOptions options);

  /** What an engine loses: nothing, if it does not know of any. */
  static ExpectedLoss of(Engine engine, Graph graph, SessionOptions options) {
    return engine instanceof LossyEngine lossy ? lossy.loss(graph, options) : ExpectedLoss.none();
  }
}
