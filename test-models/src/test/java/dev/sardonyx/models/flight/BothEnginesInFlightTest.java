package dev.sardonyx.models.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.models.SimpleFfn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flight Recorder sees the runs of both engines alike, and the nodes of our own. */
class BothEnginesInFlightTest {
  @TempDir Path folder;

  @Test
  void runsOfBothEnginesAreEvents() throws IOException {
    Graph graph = Trace.of(new SimpleFfn()).graph();
    List<RecordedEvent> events;
    try (var recording = new Recording()) {
      recording.enable("dev.sardonyx.Node");
      recording.start();
      for (String engine : List.of("native", "ort")) {
        try (Session session = Sardonyx.engine(engine).open(graph, SessionOptions.defaults())) {
          assertThat(session.run(Tensor.ones(1, 784)).floats()).hasSize(10);
        }
      }
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }
    assertThat(engines(events, "dev.sardonyx.Open")).containsExactly("native", "ort");
    assertThat(engines(events, "dev.sardonyx.Run")).containsExactly("native", "ort");
    List<RecordedEvent> nodes = named(events, "dev.sardonyx.Node");
    assertThat(nodes).extracting(node -> node.getString("module")).containsExactly("fc1", "fc2");
    assertThat(nodes)
        .extracting(node -> node.getString("source"))
        .allMatch(source -> source.startsWith("SimpleFfn.java:"));
  }

  private static List<String> engines(List<RecordedEvent> events, String name) {
    return named(events, name).stream().map(event -> event.getString("engine")).toList();
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }
}
