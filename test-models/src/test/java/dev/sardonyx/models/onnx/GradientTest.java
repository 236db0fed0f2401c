package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives in files are PyTorch's, and still are when the file is written anew. */
class GradientTest {

  static List<SuiteCase> cases() throws URISyntaxException {
    return OldFilesTest.folders(OldFilesTest.resource("/gradients")).stream()
        .map(SuiteCase::new)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivativesArePyTorchs(SuiteCase each) throws IOException {
    var graph = Onnx.read(each.model());
    assertThat(graph.nodes()).noneMatch(node -> node.op().name().equals("Gradient"));
    each.requireOutputs(graph);
    each.requireOutputs(Onnx.read(Onnx.bytes(graph, Onnx.DEFAULT_OPSET), "again.onnx"));
  }
}
