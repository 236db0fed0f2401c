package dev.sardonyx.runtime.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.SelectionOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flight Recorder sees sessions, their runs and, where it is asked to, the nodes of each run. */
@Timeout(120)
class FlightEventsTest {
  private static final String OPEN = "dev.sardonyx.Open";
  private static final String RUN = "dev.sardonyx.Run";
  private static final String NODE = "dev.sardonyx.Node";
  private static final SessionOptions OPTIONS = SessionOptions.defaults().threads(1);

  @TempDir Path folder;

  private static final Graph GRAPH = RunOnce.graph();
  private static final Map<String, Tensor> INPUTS = RunOnce.INPUTS;

  private List<RecordedEvent> recorded(boolean nodes, Runnable action) throws IOException {
    try (var recording = new Recording()) {
      if (nodes) {
        recording.enable(NODE);
      }
      recording.start();
      action.run();
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("dev.sardonyx."))
          .toList();
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  private static void openAndRun(Graph graph, Map<String, Tensor> inputs) {
    try (Session session = new NativeEngine().open(graph, OPTIONS)) {
      assertThat(session.run(inputs)).isNotEmpty();
    }
  }

  @Test
  void aRunAndEachOfItsNodesAreEvents() throws IOException {
    List<RecordedEvent> events = recorded(true, () -> openAndRun(GRAPH, INPUTS));
    RecordedEvent run = named(events, RUN).getFirst();
    assertThat(named(events, RUN)).hasSize(1);
    assertThat(run.getString("model")).isEqualTo("net");
    assertThat(run.getString("engine")).isEqualTo("native");
    assertThat(run.getString("inputs")).isEqualTo("x: float32[4, 8]");
    assertThat(run.getInt("threads")).isEqualTo(1);
    assertThat(run.getString("failure")).isEmpty();
    List<RecordedEvent> nodes = named(events, NODE);
    assertThat(nodes)
        .extracting(node -> node.getString("operator"))
        .containsExactly("Gemm + ...", "Transpose");
    RecordedEvent product = nodes.getFirst();
    Node gemm = GRAPH.nodes().getFirst();
    assertThat(product.getString("model")).isEqualTo("net");
    assertThat(product.getString("node")).isEqualTo(gemm.name());
    assertThat(product.getString("source")).isEqualTo("Net.java:1");
    assertThat(product.getString("kernel")).isNotEmpty();
    assertThat(product.getLong("operations")).isEqualTo(2 * 4 * 8 * 16);
    assertThat(product.getLong("bytes")).isEqualTo(4 * (4 * 8 + 8 * 16 + 4 * 16));
    Duration all = nodes.stream().map(RecordedEvent::getDuration).reduce(Duration::plus).get();
    assertThat(all).as("nodes are parts of the run").isLessThanOrEqualTo(run.getDuration());
  }

  @Test
  void openingIsAnEvent() throws IOException {
    RecordedEvent open = named(recorded(false, () -> openAndRun(GRAPH, INPUTS)), OPEN).getFirst();
    assertThat(open.getString("engine")).isEqualTo("native");
    assertThat(open.getInt("nodes")).isEqualTo(3);
    assertThat(open.getLong("weights")).isEqualTo(4 * 8 * 16);
  }

  @Test
  void nodesAreNoEventsUnlessEnabled() throws IOException {
    List<RecordedEvent> events = recorded(false, () -> openAndRun(GRAPH, INPUTS));
    assertThat(named(events, RUN)).hasSize(1);
    assertThat(named(events, NODE)).isEmpty();
  }

  @Test
  void aRecordingMayBeginWhenTheSessionIsOpen() throws IOException {
    try (Session session = new NativeEngine().open(GRAPH, OPTIONS)) {
      Tensor y = session.run(INPUTS).values().iterator().next();
      Binding binding = session.bind(INPUTS, Map.of(GRAPH.outputs().getFirst().name(), y));
      binding.run();
      List<RecordedEvent> events = recorded(true, binding::run);
      assertThat(named(events, RUN)).hasSize(1);
      assertThat(named(events, NODE)).hasSize(2);
    }
  }

  @Test
  void aRunThatFailsSaysWhy() throws IOException {
    List<RecordedEvent> events =
        recorded(
            false,
            () ->
                assertThatThrownBy(() -> openAndRun(GRAPH, Map.of("x", Tensor.ones(3))))
                    .isInstanceOf(SardonyxException.class));
    assertThat(named(events, RUN).getFirst().getString("failure")).isEqualTo("INPUT");
  }

  @Test
  void nodesWhoseShapesDependOnDataAreEventsToo() throws IOException {
    var net = new Graphs();
    Graph graph =
        net.outputs(
            net.add(new SelectionOp.NonZero(), net.add(new UnaryOp.Relu(), net.input("x", "4"))));
    List<RecordedEvent> events =
        recorded(true, () -> openAndRun(graph, Map.of("x", Tensor.ones(4))));
    assertThat(named(events, NODE))
        .extracting(node -> node.getString("operator"))
        .containsExactly("Relu", "NonZero");
  }

  @Test
  void onceARecordingHasEndedRunsAllocateNothing() throws IOException {
    try (Session session = new NativeEngine().open(GRAPH, OPTIONS)) {
      Tensor y = session.run(INPUTS).values().iterator().next();
      Binding binding = session.bind(INPUTS, Map.of(GRAPH.outputs().getFirst().name(), y));
      recorded(true, binding::run);
      assertThat(leastBytes(binding)).isZero();
    }
  }

  /** What 100 runs take, once the compiler has done what it will. */
  private static long leastBytes(Binding binding) {
    var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (least > 0 && System.nanoTime() - end < 0) {
      long before = counter.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        binding.run();
      }
      least = Math.min(least, counter.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void withoutARecordingNoEventIsLoaded() throws Exception {
    String output = inNewJvm("-Xlog:class+load:stdout");
    assertThat(output).contains("sum 512.0", "runtime.flight.RecordedSession");
    assertThat(output.lines()).noneMatch(line -> line.matches(".* dev.sardonyx.*Event source.*"));
  }

  @Test
  void aJvmWithoutFlightRecorderRunsModels() throws Exception {
    String modules =
        KernelSelection.fastest().word().equals("scalar") ? "" : ",jdk.incubator.vector";
    assertThat(inNewJvm("--limit-modules=java.base" + modules))
        .contains("sum 512.0, recorder false");
  }

  private static String inNewJvm(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunOnce.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** Runs the graph and a binding of it, without what needs Flight Recorder. */
  static final class RunOnce {
    static final Map<String, Tensor> INPUTS = Map.of("x", Tensor.ones(4, 8));

    private RunOnce() {}

    /** relu(x w), transposed. */
    static Graph graph() {
      var net = new Graphs();
      var x = net.input("x", "4", "8");
      var y = net.add(new Gemm(1, 1, false, false), x, net.constant("w", Tensor.ones(8, 16)));
      return net.outputs(net.add(new Transpose(List.of(1, 0)), net.add(new UnaryOp.Relu(), y)));
    }

    public static void main(String[] arguments) {
      Graph graph = graph();
      try (Session session = new NativeEngine().open(graph, SessionOptions.defaults().threads(1))) {
        Tensor y = session.run(INPUTS).values().iterator().next();
        session.bind(INPUTS, Map.of(graph.outputs().getFirst().name(), y)).run();
        float sum = 0;
        for (float value : y.floats()) {
          sum += value;
        }
        boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        System.out.println("sum " + sum + ", recorder " + there);
      }
    }
  }
}
