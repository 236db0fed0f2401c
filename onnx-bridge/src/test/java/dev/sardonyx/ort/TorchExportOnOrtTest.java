package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.onnx.Onnx;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that torch.onnx.export wrote run, and give the shapes that were inferred. */
class TorchExportOnOrtTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my_model_intro",
        "module_dict_conv_prelu",
        "simple_nn",
        "linear_rank3",
        "avg_pool_padded"
      })
  void runsWithTheShapesThatWereInferred(String name) throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/torch/" + name + ".onnx")) {
      Graph graph = Onnx.read(Objects.requireNonNull(in).readAllBytes(), name);
      var types =
          graph.inputs().stream()
              .map(input -> input.tensorType().bind(Map.of("batch", 2L)))
              .toList();
      Graph bound = GraphInference.infer(graph, types);
      OperatorsOnOrtTest.assertRuns(
          bound.withOutputs(
              bound.outputs().stream()
                  .map(
                      output ->
                          new Value(output.name(), output.tensorType().bind(Map.of("batch", 2L))))
                  .toList()));
    }
  }
}
