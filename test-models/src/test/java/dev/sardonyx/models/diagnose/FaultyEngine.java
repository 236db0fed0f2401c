package dev.sardonyx.models.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An engine that computes another graph than it is given, in one place: it has read an attribute, a
 * weight or a layout otherwise, or does a node in another way.
 */
record FaultyEngine(Engine sound, UnaryOperator<Graph> fault) implements Engine {

  /** With one weight that is not what it should be. */
  static UnaryOperator<Graph> weight(String name, UnaryOperator<DenseTensor> broken) {
    return graph -> {
      Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
      weights.computeIfPresent(name, (_, weight) -> broken.apply(weight));
      return graph.withInitializers(weights);
    };
  }

  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public String description() {
    return sound.description();
  }

  @Override
  public Optional<String> unavailable() {
    return sound.unavailable();
  }

  @Override
  public Session open(Graph graph, SessionOptions options) {
    return sound.open(fault.apply(graph), options);
  }
}
