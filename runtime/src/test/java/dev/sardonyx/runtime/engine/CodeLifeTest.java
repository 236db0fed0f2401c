package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executable memory comes with sessions, which share it, and goes with the last of them. */
@Timeout(120)
class CodeLifeTest {
  private static final SessionOptions OPTIONS = SessionOptions.defaults().threads(1);
  private static final long[] IMAGE = {1, 3, 20, 20};

  private final NativeEngine engine =
      new NativeEngine(new MachineKernels(() -> Kernels.scalar(MachineKernels.WIDTH)));

  @BeforeEach
  void codeRunsHere() {
    assumeTrue(Processor.current().has(Processor.Level.AVX512));
  }

  private static Graph graph(int channels) {
    var module =
        new Sequential(
            new Conv2d(3, channels, 3, o -> o.padding(1)),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(channels * 100, 24),
            new GELU(),
            new LayerNorm(24),
            new Linear(24, 10),
            new Softmax(-1));
    module.eval();
    return Trace.of(module, new TensorType(DType.FLOAT32, Shape.of(IMAGE))).graph();
  }

  /** Bytes that can be executed and not written, and belong to no library: ours. */
  private static long executable() throws IOException {
    long bytes = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      String[] fields = line.split(" +");
      boolean own = fields.length < 6 || fields[5].startsWith("/memfd:sardonyx");
      if (own && fields[1].startsWith("r-x")) {
        String[] range = fields[0].split("-");
        bytes += Long.parseUnsignedLong(range[1], 16) - Long.parseUnsignedLong(range[0], 16);
      }
    }
    return bytes;
  }

  /** The same when the collector finds nothing more, or it is no more than a number. */
  private static long executable(long enough) throws IOException, InterruptedException {
    long bytes = executable();
    for (int i = 0; i < 50 && bytes > enough; i++) {
      System.gc();
      Thread.sleep(20);
      bytes = executable();
    }
    return bytes;
  }

  @Test
  @SuppressWarnings("try") // one of the two is closed early
  void itGoesWithTheLastSession() throws Exception {
    Graph graph = graph(8);
    Tensor x = Operators.random(1, IMAGE);
    long before = executable(0);
    for (int round = 0; round < 2; round++) {
      try (Session first = engine.open(graph, OPTIONS);
          Session second = engine.open(graph, OPTIONS)) {
        float[] y = first.run(x).floats();
        long one = executable();
        assertThat(one).as("bytes that can be executed").isGreaterThan(before);
        assertThat(second.run(x).floats()).isEqualTo(y);
        assertThat(executable()).as("with a session alike").isEqualTo(one);
        first.close();
        System.gc();
        assertThat(second.run(x).floats()).isEqualTo(y);
      }
      assertThat(executable(before)).as("after the last session").isLessThanOrEqualTo(before);
    }
  }

  /** What fits one graph does not stay for another. */
  @Test
  void manyGraphsOneAfterTheOtherLeaveNothing() throws Exception {
    Tensor x = Operators.random(1, IMAGE);
    long before = executable(0);
    for (int channels = 1; channels < 40; channels += 3) {
      try (Session session = engine.open(graph(channels), OPTIONS)) {
        session.run(x);
      }
    }
    assertThat(executable(before)).isLessThanOrEqualTo(before);
  }
}
