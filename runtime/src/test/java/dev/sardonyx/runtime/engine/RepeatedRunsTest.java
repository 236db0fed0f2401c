package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session records in its first runs what its kernels do, and later only does that again. */
class RepeatedRunsTest {
  private static final int INPUTS = 4;
  private static final int ROUNDS = 4;

  private static SessionOptions threads(int count) {
    return SessionOptions.defaults().threads(count);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.sardonyx.runtime.engine.SoakTest#models")
  void eachRunHasTheBitsOfAFirstRunOnItsInputs(String name, Graph graph, long[] sizes) {
    List<Tensor> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      inputs.add(Operators.random(i, sizes));
      try (Session fresh = new NativeEngine().open(graph, threads(1))) {
        expected.add(fresh.run(inputs.get(i)).floats());
      }
    }
    for (int count = 1; count <= 2; count++) {
      try (Session session = new NativeEngine().open(graph, threads(count))) {
        for (int run = 0; run < ROUNDS * INPUTS; run++) {
          int i = run % INPUTS;
          assertThat(session.run(inputs.get(i)).floats()).as(name).isEqualTo(expected.get(i));
        }
      }
    }
  }

  @Test
  void soHaveRunsOfGraphsOfManyOperators() {
    for (int seed = 0; seed < 12; seed++) {
      Graph graph = RandomGraphs.of(seed, 40);
      try (Session session = new NativeEngine().open(graph, threads(1))) {
        for (int run = 0; run < ROUNDS * INPUTS; run++) {
          Map<String, Tensor> inputs = RandomGraphs.inputs(run % INPUTS, 2);
          Map<String, Tensor> found = session.run(inputs);
          if (run >= (ROUNDS - 1) * INPUTS) {
            try (Session fresh = new NativeEngine().open(graph, threads(1))) {
              for (var expected : fresh.run(inputs).entrySet()) {
                Tensor other = Graphs.named(found, expected.getKey());
                assertThat(expected.getValue().dense().segment().mismatch(other.dense().segment()))
                    .as("%s of %d", expected.getKey(), seed)
                    .isEqualTo(-1);
              }
            }
          }
        }
      }
    }
  }
}
