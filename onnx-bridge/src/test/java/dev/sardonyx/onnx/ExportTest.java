package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir Path folder;

  @Test
  void modelGoesToAFileThatReadsBackAsItsTraceAndRuns() {
    Path file = folder.resolve("scaled.onnx");
    Onnx.export(new Scaled(), file);
    Graph graph = Onnx.read(file);
    Graphs.assertSame(graph, Trace.of(new Scaled()).graph());
    assertThat(graph.initializers()).containsKey("weight");
    assertThat(graph.nodes().getFirst().origin().source().toString()).contains("Scaled.java:13");
    try (Session session = Sardonyx.engine("ort").open(graph, SessionOptions.defaults())) {
      Tensor output = session.run(Tensor.of(new float[] {1, 1, 1, 2, 2, 2}, 2, 3));
      assertThat(output.floats()).containsExactly(1, 2, 3, 2, 4, 6);
    }
  }

  @Test
  void sameModelGivesSameBytes() throws Exception {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    Onnx.export(new Scaled(), first);
    Onnx.export(new Scaled(), second, new ExportOptions(21));
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }
}
