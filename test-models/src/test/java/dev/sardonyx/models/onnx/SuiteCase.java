package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A case of ONNX's own suite: a folder with a model, its inputs and what must come out. */
record SuiteCase(Path folder) {

  Path model() {
    return folder.resolve("model.onnx");
  }

  /** Demands of the native engine the expected outputs for a graph. */
  void requireOutputs(Graph graph) throws IOException {
    requireOutputs(graph, "native", new Tolerance(1e-6, 1e-3, false));
  }

  /** Demands of an engine the expected outputs for a graph. */
  void requireOutputs(Graph graph, String engine, Tolerance tolerance) throws IOException {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.put(graph.inputs().get(i).name(), tensor("input_" + i));
    }
    try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
      var outputs = session.run(inputs);
      for (int i = 0; i < graph.outputs().size(); i++) {
        Value output = graph.outputs().get(i);
        Tensor found = Objects.requireNonNull(outputs.get(output.name()));
        var comparison = Comparison.of(output.name(), found, tensor("output_" + i), _ -> tolerance);
        assertThat(comparison.difference()).isEmpty();
      }
    }
  }

  /** A tensor of the first data set. */
  DenseTensor tensor(String name) throws IOException {
    Path file = folder.resolve("test_data_set_0").resolve(name + ".pb");
    return TensorCodec.decode(TensorProto.parseFrom(Files.readAllBytes(file)), Arena.ofAuto());
  }
}
