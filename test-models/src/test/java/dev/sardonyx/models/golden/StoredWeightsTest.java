package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions with stored weights against PyTorch's outputs on the weights as they are. */
class StoredWeightsTest {
  private static final List<String> MODELS =
      List.of("000_SimpleFFN", "000_SimpleCNN", "003_RestNet18", "003_FCModel");

  @ParameterizedTest
  @EnumSource(WeightStorage.class)
  void outputsAreAsFarFromPyTorchsAsTheirWeights(WeightStorage storage) {
    for (String name : MODELS) {
      Golden golden = Golden.of("models/" + name);
      NnModule model = Golden.named(GoldenModels.all(), name).get();
      assertThat(model.load(golden.weights(model)).isComplete()).isTrue();
      Tensor x = golden.input(1);
      Graph graph = graph(model, x);
      SessionOptions options = SessionOptions.defaults().weightsAs(storage);
      double loss = new NativeEngine(Kernels.scalar()).loss(graph, options).total();
      for (Kernels kernels : List.of(Kernels.scalar(), KernelSelection.fastest().kernels())) {
        try (Session session = new NativeEngine(kernels).open(graph, options)) {
          String input = graph.inputs().getFirst().name();
          Tensor found = session.run(Map.of(input, x)).values().iterator().next();
          double error = distance(found.dense(), golden.outputs(1).getFirst().dense());
          assertThat(error)
              .as("%s on %s, loss %s", name, kernels.name(), loss)
              .isLessThan(1e-4 + Math.min(Tolerance.OF_NORM * loss, Tolerance.MOST_OF_NORM));
          if (storage != WeightStorage.FLOAT32) {
            assertThat(error).as("%s on %s", name, kernels.name()).isGreaterThan(loss / 30);
          }
        }
      }
    }
  }

  private static Graph graph(NnModule model, Tensor x) {
    return Descriptors.find(model).isPresent()
        ? Trace.of(model, List.of(new Value("x", x.type()))).graph()
        : Trace.of((UnaryModule) model, x.type()).graph();
  }

  private static double distance(DenseTensor a, DenseTensor b) {
    double error = 0;
    double size = 0;
    for (long i = 0; i < b.elements(); i++) {
      double difference = a.doubleAt(i) - b.doubleAt(i);
      error += difference * difference;
      size += b.doubleAt(i) * b.doubleAt(i);
    }
    return Math.sqrt(error / size);
  }
}
