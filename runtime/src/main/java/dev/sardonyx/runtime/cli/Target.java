package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import java.util.Optional;

/** What a command's MODEL stands for. */
sealed interface Target {
  /** The name as the user gave it. */
  String name();

  /** The graph. Errors: what the trace reports. */
  Graph graph();

  /** The module, if the target is an annotated class. */
  Optional<NnModule> module();

  /** A registered model. */
  record Registered(String name, NnModule model) implements Target {
    @Override
    public Graph graph() {
      return OwnCode.run("forward of " + name, () -> Trace.of(model).graph());
    }

    @Override
    public Optional<NnModule> module() {
      return Optional.of(model);
    }
  }

  /** A model file. */
  record FromFile(String name, Graph graph) implements Target {
    @Override
    public Optional<NnModule> module() {
      return Optional.empty();
    }
  }
}
