package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.compare.Tolerance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that PyTorch wrote have PyTorch's outputs on both engines: layers folded and not, losses,
 * attention, recurrence, scripted loops. The files are made by golden/torch_cases.py.
 */
class TorchCasesTest {
  private static final Tolerance NEAR = new Tolerance(1e-5, 1e-4, false);

  static Stream<SuiteCase> cases() throws URISyntaxException {
    var folder = Objects.requireNonNull(TorchCasesTest.class.getResource("/torch"));
    return OldFilesTest.folders(Path.of(folder.toURI())).stream().map(SuiteCase::new);
  }

  @Test
  void thereAreCases() throws URISyntaxException {
    assertThat(cases()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAreThoseOfPyTorch(SuiteCase each) throws IOException {
    Graph graph = Onnx.read(each.model());
    for (String engine : List.of("native", "ort")) {
      each.requireOutputs(graph, engine, NEAR);
    }
  }
}
