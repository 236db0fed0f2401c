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
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.put(graph.inputs().get(i).name(), tensor("input_" + i));
    }
    try (Session session = Sardonyx.engine("native").open(graph, SessionOptions.defaults())) {
      var outputs = session.run(inputs);
      for (int i = 0; i < graph.outputs().size(); i++) {
        Value output = graph.outputs().get(i);
        Tensor found = Objects.requireNonNull(outputs.get(output.name()));
        requireClose(found.dense(), tensor("output_" + i));
      }
    }
  }

  private static void requireClose(DenseTensor found, DenseTensor expected) {
    assertThat(found.type()).isEqualTo(expected.type());
    for (long i = 0; i < expected.elements(); i++) {
      double wanted = expected.doubleAt(i);
      double actual = found.doubleAt(i);
      boolean same = Double.compare(actual, wanted) == 0; // infinities and NaN
      boolean close = Math.abs(actual - wanted) <= 1e-6 + 1e-3 * Math.abs(wanted);
      assertThat(same || close).as("%s, expected %s, at %s", actual, wanted, i).isTrue();
    }
  }

  private DenseTensor tensor(String name) throws IOException {
    Path file = folder.resolve("test_data_set_0").resolve(name + ".pb");
    return TensorCodec.decode(TensorProto.parseFrom(Files.readAllBytes(file)), Arena.ofAuto());
  }
}
