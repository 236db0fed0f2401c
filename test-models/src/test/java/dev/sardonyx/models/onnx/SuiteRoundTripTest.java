package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.Onnx;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that is read, written and read again is the same graph, over ONNX's whole suite. */
class SuiteRoundTripTest {
  private static final Path INSTALLED = Path.of("/usr/share/libonnx-testdata/data");

  static Stream<SuiteCase> cases() throws URISyntaxException {
    var copies =
        Path.of(Objects.requireNonNull(SuiteRoundTripTest.class.getResource("/suite")).toURI());
    return Stream.of(
            copies,
            INSTALLED.resolve("node"),
            INSTALLED.resolve("simple"),
            INSTALLED.resolve("pytorch-operator"),
            INSTALLED.resolve("pytorch-converted"))
        .flatMap(folder -> OldFilesTest.folders(folder).stream())
        .map(SuiteCase::new);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenReadsBackTheSame(SuiteCase each) {
    Graph graph = Onnx.read(each.model());
    byte[] written;
    try {
      written = Onnx.bytes(graph, Onnx.nearestOpset(graph, Onnx.DEFAULT_OPSET));
    } catch (SardonyxException noOpset) { // only what is kept in an old version may cause that
      assertThat(noOpset.code()).isEqualTo(ErrorCode.UNSUPPORTED);
      assertThat(graph.nodes()).anyMatch(node -> node.op() instanceof Opaque);
      return;
    }
    Graph again = Onnx.read(written, "again.onnx");
    assertThat(again).hasToString(graph.toString());
    assertThat(again.initializers().keySet()).isEqualTo(graph.initializers().keySet());
    graph.initializers().forEach((name, tensor) -> requireSame(again, name, tensor));
  }

  private static void requireSame(Graph again, String name, DenseTensor tensor) {
    DenseTensor found = Objects.requireNonNull(again.initializers().get(name));
    assertThat(found.type()).isEqualTo(tensor.type());
    assertThat(found).hasToString(tensor.toString());
  }
}
