package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.ModelDescriptor;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.models.OwnModels;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a session has run before does not show: the engine keeps plans, workspaces, and calls of
 * machine code that it makes again without the Java that made them first.
 */
class EarlierRunsTest {
  /** Enough for calls to be recorded, compared and made again. */
  private static final int EARLIER_RUNS = 5;

  @TestFactory
  Stream<DynamicTest> resultsAreThoseOfANewSession() {
    return Descriptors.registry(getClass().getClassLoader()).values().stream()
        .filter(OwnModels::contains)
        .flatMap(
            model ->
                IntStream.of(1, 2)
                    .mapToObj(
                        threads ->
                            DynamicTest.dynamicTest(
                                model.type().getSimpleName() + ", threads " + threads,
                                () -> assertNothingShows(model, threads))));
  }

  private static void assertNothingShows(ModelDescriptor<?> model, int threads) {
    Sardonyx.manualSeed(1);
    Graph graph = Trace.of(model.create()).graph();
    Map<String, Data> inputs = inputs(graph, 0);
    try (Session used = open(graph, threads);
        Session unused = open(graph, threads)) {
      for (int seed = 1; seed <= EARLIER_RUNS; seed++) {
        used.runData(inputs(graph, seed));
      }
      Map<String, Data> expected = unused.runData(inputs);
      Map<String, Data> found = used.runData(inputs);
      assertThat(found).containsOnlyKeys(expected.keySet());
      expected.forEach(
          (name, data) -> {
            Data again = Objects.requireNonNull(found.get(name), name);
            assertThat(Comparison.of(name, again, data, _ -> Tolerance.EXACT).difference())
                .isEmpty();
          });
    }
  }

  private static Map<String, Data> inputs(Graph graph, int seed) {
    return RandomInputs.of(graph, seed, Map.of(), 1);
  }

  private static Session open(Graph graph, int threads) {
    return new NativeEngine().open(graph, SessionOptions.defaults().threads(threads));
  }
}
