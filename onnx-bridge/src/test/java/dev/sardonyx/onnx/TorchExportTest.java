package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Opaque;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that torch.onnx.export wrote (torch 1.13.1, opset 17). */
class TorchExportTest {

  static Graph read(String name) {
    try (InputStream in = TorchExportTest.class.getResourceAsStream("/torch/" + name + ".onnx")) {
      return Onnx.read(Objects.requireNonNull(in, name).readAllBytes(), name);
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my_model_intro",
        "module_dict_conv_prelu",
        "simple_nn",
        "linear_rank3",
        "avg_pool_padded"
      })
  void everyOperatorIsKnownAndTheGraphSurvives(String name) {
    Graph graph = read(name);
    assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof Opaque);
    Graphs.assertSame(Onnx.read(Onnx.bytes(graph, 21), "again"), graph);
  }

  @Test
  void symbolicBatchReachesTheOutput() {
    assertThat(read("linear_rank3").outputs().getFirst().type().toString())
        .isEqualTo("float32[batch, 5, 30]");
  }

  @Test
  void weightsKeepTheirStateDictNames() {
    assertThat(read("my_model_intro").initializers().keySet())
        .contains("conv1.weight", "conv1.bias");
  }
}
