package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.api.engine.Binding;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not wear out; a short form by default, hours' worth of use by {@code -Psoak}. */
class SoakTest {
  private static final boolean LONG = "long".equals(System.getProperty("sardonyx.soak"));
  private static final int SESSIONS = LONG ? 5_000 : 200;
  private static final int FAILING_RUNS = LONG ? 300_000 : 6_000;
  private static final int RUNS_PER_THREAD = LONG ? 500 : 20;
  private static final int CALLERS = 8;

  /** What the heap may grow by, not what is lost: a page for each session would be 20 MB. */
  private static final long NOISE = 16 << 20;

  private static final SessionOptions OPTIONS = SessionOptions.defaults();
  private static final Path MEMORY = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;

  /** Bytes of this process in memory, after the collector has been through. */
  private static long resident() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc(); // and what it finds is freed by a thread of its own
      Thread.sleep(50);
    }
    return Long.parseLong(Files.readString(MEMORY).split(" ")[1]) * PAGE;
  }

  private static void requireFlat(int rounds, Runnable round) throws Exception {
    assumeTrue(Files.exists(MEMORY), "resident memory is only read from Linux's /proc");
    for (int i = 0; i < rounds / 2; i++) {
      round.run();
    }
    long half = resident();
    for (int i = 0; i < rounds / 2; i++) {
      round.run();
    }
    assertThat(resident() - half).as("bytes more after as many again").isLessThan(NOISE);
  }

  private static Graph graph(UnaryModule module, long... sizes) {
    module.eval();
    return Trace.of(module, new TensorType(DType.FLOAT32, Shape.of(sizes))).graph();
  }

  private static Sequential images() {
    return new Sequential(
        new Conv2d(3, 16, 3, o -> o.padding(1)),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(16, 32, 3, o -> o.stride(2)),
        new Flatten(),
        new Linear(288, 10),
        new Softmax(-1));
  }

  private static final long[] IMAGE = {1, 3, 16, 16};

  @Test
  void sessionsComeAndGoWithoutThreadsOrMemoryThatStay() throws Exception {
    Graph graph = graph(images(), IMAGE);
    Tensor x = random(1, IMAGE);
    var engine = new NativeEngine();
    requireFlat(
        SESSIONS,
        () -> {
          try (Session session = engine.open(graph, OPTIONS.threads(3))) {
            session.run(x);
          }
        });
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .noneMatch(name -> name.startsWith("sardonyx-worker"));
  }

  @Test
  void failingRunsLoseNoMemory() throws Exception {
    var net = new Graphs();
    var x = net.input("x", "n", "4");
    Graph graph = net.outputs(net.add(new Gather(0), x, net.indices("i", "k")));
    var engine = new NativeEngine();
    try (Session session = engine.open(graph, OPTIONS.threads(2));
        Session late = engine.open(graph, OPTIONS.deadline(Duration.ZERO))) {
      Map<String, Tensor> good = Map.of("x", Tensor.zeros(3, 4), "i", Tensor.of(new long[] {2}, 1));
      Map<String, Tensor> outside =
          Map.of("x", Tensor.zeros(3, 4), "i", Tensor.of(new long[] {3}, 1));
      Map<String, Tensor> shape =
          Map.of("x", Tensor.zeros(3, 5), "i", Tensor.of(new long[] {2}, 1));
      Binding binding =
          session.bind(outside, Map.of(graph.outputs().getFirst().name(), Tensor.zeros(1, 4)));
      requireFlat(
          FAILING_RUNS / 6,
          () -> {
            fails(() -> session.run(outside));
            fails(() -> session.run(shape));
            fails(() -> session.run(Map.of("x", Tensor.zeros(3, 4))));
            fails(() -> late.run(good));
            fails(binding::run);
            Thread.currentThread().interrupt();
            fails(() -> session.run(good));
            assertThat(Thread.interrupted()).isTrue();
          });
      assertThat(session.run(good)).hasSize(1);
    }
  }

  private static void fails(Runnable run) {
    assertThatThrownBy(run::run).isInstanceOf(SardonyxException.class);
  }

  static Stream<Arguments> models() {
    var encoder = new TransformerEncoderLayer(32, 4, o -> o.batchFirst(true));
    var lstm = new LSTM(8, 16);
    var net = new Sequential(new Linear(64, 96), new GELU(), new LayerNorm(96), new Linear(96, 10));
    return Stream.of(
        Arguments.of("images", graph(images(), IMAGE), IMAGE),
        Arguments.of("rows", graph(net, 5, 64), new long[] {5, 64}),
        Arguments.of(
            "encoder", graph(encoder, encoder::forward, 1, 20, 32), new long[] {1, 20, 32}),
        Arguments.of(
            "recurrent",
            graph(lstm, x -> lstm.forward(x).output(), 7, 2, 8),
            new long[] {7, 2, 8}));
  }

  private static Graph graph(NnModule module, UnaryOperator<Tensor> forward, long... sizes) {
    module.eval();
    var x = new Value("x", new TensorType(DType.FLOAT32, Shape.of(sizes)));
    return Trace.of(module, List.of(x), in -> List.of(forward.apply(in.getFirst()))).graph();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void manyThreadsOnOneSessionGetTheBitsOfOneAlone(String name, Graph graph, long[] sizes)
      throws Exception {
    List<Tensor> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    try (Session alone = new NativeEngine().open(graph, OPTIONS.threads(1))) {
      for (int i = 0; i < CALLERS; i++) {
        inputs.add(random(i, sizes));
        expected.add(alone.run(inputs.get(i)).floats());
      }
    }
    for (int threads : new int[] {1, 2, 4}) {
      try (Session session = new NativeEngine().open(graph, OPTIONS.threads(threads));
          var callers = Executors.newFixedThreadPool(CALLERS)) {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          Tensor x = inputs.get(i);
          float[] y = expected.get(i);
          runs.add(
              callers.submit(
                  () -> {
                    for (int round = 0; round < RUNS_PER_THREAD; round++) {
                      assertThat(session.run(x).floats()).as(name).isEqualTo(y);
                    }
                  }));
        }
        for (Future<?> run : runs) {
          run.get();
        }
      }
    }
  }
}
