package dev.sardonyx.models.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.runtime.profile.NodeTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines tell times of the same nodes. */
class NodeTimesTest {
  private static final List<String> HEAVY = List.of("conv_1", "conv_2", "gemm_1", "gemm_2");

  private final Graph graph = Trace.of(new SimpleCnn()).graph();
  private final Map<String, Data> inputs =
      Map.of(graph.inputs().getFirst().name(), Tensor.zeros(1, 1, 28, 28));

  private NodeTimes times(Engine engine) {
    return NodeTimes.measure(engine, graph, SessionOptions.defaults(), inputs, Duration.ZERO)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "ort"})
  void eachEngineNamesTheNodesOfTheGraph(String engine) {
    NodeTimes times = times(Sardonyx.engine(engine));
    assertThat(times.engine()).isEqualTo(engine);
    assertThat(times.millisByNode()).containsKeys(HEAVY.toArray(String[]::new));
    assertThat(times.millisByNode().values()).allMatch(millis -> millis >= 0);
    assertThat(times.millisByNode().keySet().stream().filter(HEAVY::contains))
        .as("in the order of a run")
        .containsExactlyElementsOf(HEAVY);
    assertThat(times.totalMillis()).isPositive();
  }

  @Test
  void whatAnEngineAddsBesideTheGraphKeepsItsName() {
    List<String> known = graph.nodes().stream().map(Node::name).toList();
    assertThat(times(Sardonyx.engine("ort")).millisByNode().keySet())
        .filteredOn(name -> !known.contains(name))
        .allMatch(name -> name.startsWith("Reorder"), "ONNX Runtime's own layouts");
  }

  @Test
  void anEngineOnADeviceTellsTimesAsWell() {
    assertThat(times(Sardonyx.engine("native").on(Device.CPU)).millisByNode())
        .containsKeys(HEAVY.toArray(String[]::new));
  }

  @Test
  void tracesAreRemovedWithTheirSession() throws IOException {
    List<Path> before = traces();
    times(Sardonyx.engine("ort"));
    assertThat(traces()).isSubsetOf(before);
  }

  private static List<Path> traces() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("sardonyx-trace"))
          .toList();
    }
  }
}
