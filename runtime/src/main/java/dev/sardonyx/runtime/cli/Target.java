package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.FileSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command's MODEL stands for. */
sealed interface Target permits Target.Registered, Target.FromFile, QuantizedTarget {
  /** The name as the user gave it. */
  String name();

  /** The graph. Errors: what the trace reports. */
  Graph graph();

  /** The graph on an engine. Errors: those of opening. */
  default Session open(Engine engine, SessionOptions options) {
    return engine.open(graph(), options);
  }

  /** The module, if the target is an annotated class. */
  Optional<NnModule> module();

  /** What a file tells about itself besides its graph. */
  Map<String, String> facts();

  /** A registered model, which is traced once. */
  final class Registered implements Target {
    private final String name;
    private final NnModule model;
    private @Nullable Graph graph;

    Registered(String name, NnModule model) {
      this.name = name;
      this.model = model;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Graph graph() {
      Graph traced =
          graph == null ? OwnCode.run("forward of " + name, () -> Trace.of(model).graph()) : graph;
      graph = traced;
      return traced;
    }

    @Override
    public Optional<NnModule> module() {
      return Optional.of(model);
    }

    @Override
    public Map<String, String> facts() {
      return Map.of();
    }
  }

  /** A model file. */
  record FromFile(String name, Graph graph, Map<String, String> facts) implements Target {
    @Override
    public Session open(Engine engine, SessionOptions options) {
      return FileSession.open(() -> engine.open(graph, options), name);
    }

    @Override
    public Optional<NnModule> module() {
      return Optional.empty();
    }
  }
}
