package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.Map;
import java.util.Objects;

/** Graphs with values of all kinds on the native engine and on ONNX Runtime. */
final class BothValues {
  private static final double TOLERANCE = 1e-5;

  private BothValues() {}

  /** Demands the same outputs of both engines. */
  static void agree(Graph graph, Map<String, ? extends Data> inputs) {
    Map<String, Data> expected = run("ort", graph, inputs);
    Map<String, Data> found = run("native", graph, inputs);
    expected.forEach(
        (name, data) -> assertSame(name, Objects.requireNonNull(found.get(name), name), data));
  }

  static Map<String, Data> run(String engine, Graph graph, Map<String, ? extends Data> inputs) {
    try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
      return session.runData(inputs);
    }
  }

  static void assertSame(String what, Data found, Data expected) {
    var near = new Tolerance(TOLERANCE, TOLERANCE, false);
    assertThat(
            Comparison.of(what, found, expected, type -> type.isFloat() ? near : Tolerance.EXACT)
                .difference())
        .isEmpty();
  }
}
