package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.trace.Trace;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The model under test, made and traced once for all laws. */
final class Subject {
  private static final long SEED = 0;
  private static final long OTHER_SEED = 1;

  private final Supplier<? extends NnModule> maker;
  private @Nullable NnModule model;
  private @Nullable Graph graph;

  Subject(Supplier<? extends NnModule> maker) {
    this.maker = maker;
  }

  /** A new model, equal to {@link #model} where its weights come from the default generator. */
  NnModule again() {
    return make(SEED);
  }

  /** A new model with other random weights. */
  NnModule other() {
    return make(OTHER_SEED);
  }

  /** Tests may run side by side: nobody else draws numbers meanwhile. */
  private NnModule make(long seed) {
    synchronized (Generator.defaultGenerator()) {
      Sardonyx.manualSeed(seed);
      return Objects.requireNonNull(maker.get(), "the supplier of models gave none");
    }
  }

  /** The model. Errors: what its constructor throws. */
  synchronized NnModule model() {
    NnModule made = model == null ? again() : model;
    model = made;
    return made;
  }

  /** The graph of the model. Errors: what constructor and trace report. */
  synchronized Graph graph() {
    Graph traced = graph == null ? Trace.of(model()).graph() : graph;
    graph = traced;
    return traced;
  }

  /** The same where another law is tested: without a graph that law is skipped, not broken. */
  Graph traced() {
    try {
      return graph();
    } catch (RuntimeException error) {
      return Assumptions.abort("there is no graph, see the test traces: " + error.getMessage());
    }
  }
}
