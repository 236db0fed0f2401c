package dev.sardonyx.models.check;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with graphs within nodes give what ONNX Runtime gives, for any number of rounds. */
class ControlFlowTest {
  private static final long[] ROUNDS = {0, 1, 2, 5};

  /** ONNX Runtime's Java API does not give a sequence without values. */
  private static final long[] SOME_ROUNDS = {1, 2, 5};

  @ParameterizedTest
  @ValueSource(strings = {"nested", "growing", "until", "scan", "sequence"})
  void agreesWithOnnxRuntime(String name) throws IOException {
    Graph graph = read(name);
    Tensor x = Tensor.of(new float[] {1, -2, 0.5f, 3, 0.25f, -1}, 2, 3);
    for (long rounds : name.equals("sequence") ? SOME_ROUNDS : ROUNDS) {
      BothValues.agree(graph, Map.of("x", x, "n", Tensor.scalar(rounds)));
    }
  }

  private static Graph read(String name) throws IOException {
    String file = "/control/" + name + ".onnx";
    try (InputStream in =
        Objects.requireNonNull(ControlFlowTest.class.getResourceAsStream(file), file)) {
      return Onnx.read(in.readAllBytes(), name);
    }
  }
}
