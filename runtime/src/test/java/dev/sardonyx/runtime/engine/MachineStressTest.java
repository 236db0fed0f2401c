package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Machine code while the JVM does what it does to threads: stops them to collect garbage, walks
 * their stacks for dumps and for JFR. Some seconds by default, minutes by {@code -Psoak}.
 */
@Timeout(600)
class MachineStressTest {
  private static final boolean LONG = "long".equals(System.getProperty("sardonyx.soak"));
  private static final long MILLISECONDS = LONG ? 180_000 : 3_000;
  private static final int CALLERS = 4;
  private static final SessionOptions ALONE = SessionOptions.defaults().threads(1);

  private final NativeEngine engine;

  MachineStressTest() {
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), "no machine code here");
    int width = MachineKernels.width(processor.level());
    engine = new NativeEngine(MachineKernels.of(processor, () -> Kernels.scalar(width)));
  }

  /** A model with what it is fed and what it gives. */
  private record Case(Graph graph, Tensor x, float[] y) {}

  private List<Case> cases() {
    return SoakTest.models()
        .map(
            model -> {
              Graph graph = (Graph) model.get()[1];
              Tensor x = Operators.random(7, (long[]) model.get()[2]);
              try (Session session = engine.open(graph, ALONE)) {
                return new Case(graph, x, session.run(x).floats());
              }
            })
        .toList();
  }

  /** Runs sessions, each for a while: with the last that closes all code is freed. */
  private int run(List<Case> cases, int first, AtomicBoolean stop) {
    int runs = 0;
    for (int i = first; !stop.get(); i++) {
      Case given = cases.get(i % cases.size());
      try (Session session = engine.open(given.graph(), ALONE)) {
        for (int j = 0; j < 100 && !stop.get(); j++) {
          assertThat(session.run(given.x()).floats()).isEqualTo(given.y());
          runs++;
        }
      }
    }
    return runs;
  }

  private static int makeGarbage(AtomicBoolean stop) {
    List<byte[]> kept = new ArrayList<>();
    int made = 0;
    while (!stop.get()) {
      kept.add(new byte[10_000 + made % 7 * 20_000]);
      if (kept.size() > 500) {
        kept.subList(0, 400).clear();
      }
      made++;
      if (made % 20_000 == 0) {
        System.gc();
      }
    }
    return made;
  }

  private static int dumpThreads(AtomicBoolean stop) throws InterruptedException {
    int dumps = 0;
    while (!stop.get()) {
      dumps += ManagementFactory.getThreadMXBean().dumpAllThreads(true, true).length;
      dumps += Thread.getAllStackTraces().size();
      Thread.sleep(2);
    }
    return dumps;
  }

  @Test
  void resultsStayTheSameWhileTheJvmStopsAndWalksItsThreads() throws Exception {
    List<Case> cases = cases();
    var stop = new AtomicBoolean();
    try (var recording = new Recording();
        var threads = Executors.newCachedThreadPool()) {
      recording.enable("jdk.ExecutionSample").with("period", "1 ms");
      recording.enable("jdk.NativeMethodSample").with("period", "1 ms");
      recording.enable("jdk.GarbageCollection");
      recording.start();
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int first = i;
        work.add(() -> run(cases, first, stop));
      }
      work.add(() -> makeGarbage(stop));
      work.add(() -> dumpThreads(stop));
      List<Future<Integer>> running = work.stream().map(threads::submit).toList();
      try {
        Thread.sleep(MILLISECONDS);
      } finally {
        stop.set(true);
      }
      for (Future<Integer> each : running) {
        assertThat(each.get()).isPositive();
      }
      recording.stop();
    }
  }
}
