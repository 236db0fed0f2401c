package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.TuningFile;
import dev.sardonyx.runtime.tune.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
  private static final Kernels KERNELS = KernelSelection.fastest().kernels();
  private static final SessionOptions OPTIONS = SessionOptions.defaults().threads(1);
  private static final String SUBJECT =
      "conv 1x16x14x14 to 32 kernel 3x3 stride 1x1 dilation 1x1 pads 1+1x1+1 groups 1";

  @TempDir Path folder;

  private final Random random = new Random(5);
  private final Tensor x = random(1, 16, 14, 14);
  private final Graph graph = graph();

  private Graph graph() {
    var net = new Graphs();
    var window = Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));
    var weights = net.constant("w", random(32, 16, 3, 3));
    return net.outputs(
        net.add(new Conv(window, 1), net.input("x", "1", "16", "14", "14"), weights));
  }

  private Tensor random(long... sizes) {
    long n = 1;
    for (long size : sizes) {
      n *= size;
    }
    var values = new float[(int) n];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, sizes);
  }

  private record Ran(Optional<Decision> why, Tensor y) {
    Decision decision() {
      return why.orElseThrow();
    }
  }

  private Ran run(SessionOptions options) {
    var clock = new StepClock();
    try (Session session = new NativeEngine(KERNELS).timedBy(clock).open(graph, options)) {
      Tensor y = session.run(Map.of("x", x)).values().iterator().next();
      return new Ran(
          clock.entries().stream()
              .map(StepClock.Entry::decision)
              .flatMap(Optional::stream)
              .findFirst(),
          y);
    }
  }

  private TuningFile file() {
    return Tuning.file(folder, KERNELS, 1);
  }

  @Test
  void withoutTuningAModelDecidesAndNothingIsWritten() throws IOException {
    Decision decision = run(OPTIONS).decision();
    assertThat(decision.measured()).isFalse();
    assertThat(decision.nanos())
        .containsOnlyKeys(Way.PRODUCTS, Way.WINOGRAD_2, Way.WINOGRAD_4)
        .allSatisfy(
            (way, nanos) ->
                assertThat(nanos)
                    .as(way.word())
                    .isGreaterThanOrEqualTo(decision.cost(decision.way())));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatIsMeasuredAtOpenIsKeptByTheShapeOfTheNode() {
    Decision measured = run(OPTIONS.tunedIn(folder)).decision();
    assertThat(measured.measured()).isTrue();
    assertThat(file().read()).containsOnlyKeys(SUBJECT);
    Decision found = run(OPTIONS.tunedIn(folder)).decision();
    assertThat(found.way()).isEqualTo(measured.way());
    assertThat(found.nanos()).isEqualTo(file().read().get(SUBJECT));
  }

  @Test
  void whatTheFileSaysIsTakenAndAllWaysAgree() {
    Tensor expected = run(OPTIONS.winograd(false).tunedIn(folder)).y();
    for (Way way : List.of(Way.PRODUCTS, Way.WINOGRAD_2, Way.WINOGRAD_4)) {
      Map<Way, Double> costs = new EnumMap<>(Way.class);
      for (Way other : List.of(Way.PRODUCTS, Way.WINOGRAD_2, Way.WINOGRAD_4)) {
        costs.put(other, other == way ? 7.0 : 8.0);
      }
      file().add(Map.of(SUBJECT, costs));
      Ran ran = run(OPTIONS.tunedIn(folder));
      assertThat(ran.decision()).isEqualTo(new Decision(way, true, costs));
      for (long i = 0; i < expected.dense().elements(); i++) {
        assertThat(ran.y().dense().doubleAt(i))
            .isCloseTo(expected.dense().doubleAt(i), within(1e-3));
      }
    }
  }

  @Test
  void aDamagedFileIsMadeAnew() throws IOException {
    Files.writeString(file().path(), "rm -rf");
    assertThat(run(OPTIONS.tunedIn(folder)).decision().measured()).isTrue();
    assertThat(file().read()).containsOnlyKeys(SUBJECT);
  }
}
