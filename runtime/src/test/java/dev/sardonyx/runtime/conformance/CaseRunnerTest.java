package dev.sardonyx.runtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a case does costs that case alone. */
class CaseRunnerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Tensor ONE = Tensor.scalar(1f);

  @TempDir Path out;

  /** An engine whose runs do as they are told, by the name of the case. */
  private record Told(Map<String, Supplier<Data>> behaviours) implements Engine {
    @Override
    public String name() {
      return "told";
    }

    @Override
    public String description() {
      return "does as it is told";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      return new Session() {
        @Override
        public Graph graph() {
          return graph;
        }

        @Override
        public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
          return Map.of("y", Objects.requireNonNull(behaviours.get(graph.name())).get());
        }

        @Override
        public void close() {}
      };
    }
  }

  /** Graphs without inputs, named as the case, of one output y. */
  private static final ModelFormat MODELS =
      new ModelFormat() {
        @Override
        public String extension() {
          return ".onnx";
        }

        @Override
        public Graph read(Path file) {
          var y = new Value("y", TensorType.of(DType.FLOAT32, new long[0]));
          String name = String.valueOf(file.getName(file.getNameCount() - 2));
          return new Graph(name, List.of(), List.of(y), List.of(), Map.of(), Map.of());
        }

        @Override
        public Map<String, String> facts(Path file) {
          return Map.of();
        }

        @Override
        public void write(Graph graph, Path file, int opset) {
          throw new AssertionError("nothing writes models");
        }
      };

  private static final DataFormat VALUES =
      new DataFormat() {
        @Override
        public String extension() {
          return ".pb";
        }

        @Override
        public Data read(Path file, ValueType type) {
          throw new AssertionError("there are no inputs");
        }

        @Override
        public void write(Data data, Path file) {
          try {
            Files.writeString(file, data.toString());
          } catch (IOException error) {
            throw new UncheckedIOException(error);
          }
        }
      };

  private List<Outcome> run(Duration limit, int jobs, Map<String, Supplier<Data>> behaviours) {
    return run(limit, jobs, 1, behaviours);
  }

  private List<Outcome> run(
      Duration limit, int jobs, int runs, Map<String, Supplier<Data>> behaviours) {
    List<DataSet> sets =
        behaviours.keySet().stream()
            .sorted()
            .map(name -> new DataSet("", name, "test_data_set_0", Path.of(name)))
            .toList();
    List<Outcome> outcomes = new ArrayList<>();
    new CaseRunner(new Told(behaviours), MODELS, VALUES, SessionOptions.defaults(), runs)
        .run(sets, out, limit, jobs, outcomes::add);
    return outcomes;
  }

  private static int deeper(int depth) {
    return depth < 0 ? 0 : deeper(depth + 1) + 1;
  }

  private static Data allOfTheHeap() {
    List<long[]> held = new ArrayList<>();
    while (true) {
      held.add(new long[Integer.MAX_VALUE - 8]);
    }
  }

  @Test
  void faultsOfEveryKindCostTheirCaseAlone() {
    Map<String, Supplier<Data>> behaviours =
        Map.of(
            "a_assertion",
            () -> {
              throw new AssertionError("no such branch");
            },
            "b_exception",
            () -> List.<Data>of().getFirst(),
            "c_heap",
            CaseRunnerTest::allOfTheHeap,
            "d_stack",
            () -> Tensor.scalar(deeper(0)),
            "e_good",
            () -> ONE);
    List<Outcome> outcomes = run(LIMIT, 1, behaviours);
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.ERROR, Status.ERROR, Status.ERROR, Status.ERROR, Status.OK);
    assertThat(outcomes.subList(0, 4)).extracting(Outcome::stage).containsOnly(Stage.RUN);
    assertThat(outcomes.get(2).reason()).contains("OutOfMemoryError");
    assertThat(outcomes.get(3).reason()).contains("StackOverflowError");
    assertThat(out.resolve("e_good/test_data_set_0/output_0.pb")).exists();
    assertThat(out.resolve("d_stack/test_data_set_0/output_0.pb")).doesNotExist();
  }

  @Test
  void refusalsCarryTheCodeOfWhatIsLacking() {
    Supplier<Data> refusing =
        () -> {
          throw SardonyxException.unsupported("no Loop", List.of(Lack.operator("", "Loop", 13)));
        };
    Supplier<Data> failing =
        () -> {
          throw new SardonyxException(ErrorCode.SHAPE, "3 vs 4\nand more").at("n");
        };
    List<Outcome> outcomes = run(LIMIT, 1, Map.of("a", refusing, "b", failing));
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.UNSUPPORTED, Status.ERROR);
    assertThat(outcomes)
        .extracting(Outcome::reason)
        .containsExactly("op:ai.onnx:Loop:13", "Shape: 3 vs 4");
    assertThat(outcomes.getLast().detail()).contains("at n").contains("and more");
  }

  @Test
  void whatHangsIsInterruptedAndWhatDoesNotListenIsLeftBehind() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Supplier<Data> listening =
        () -> {
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException interrupt) {
            interrupted.countDown();
          }
          return ONE;
        };
    Supplier<Data> deaf =
        () -> {
          while (release.getCount() > 0) {
            Thread.onSpinWait();
          }
          return ONE;
        };
    List<Outcome> outcomes =
        run(Duration.ofMillis(200), 1, Map.of("a", listening, "b", deaf, "c", () -> ONE));
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.TIMEOUT, Status.TIMEOUT, Status.OK);
    interrupted.await();
    release.countDown();
    Thread.sleep(Duration.ofMillis(200));
    assertThat(out.resolve("a")).doesNotExist();
    assertThat(out.resolve("b")).doesNotExist();
  }

  @Test
  void aFailureTakesAwayWhatAnEarlierRunHasWritten() {
    run(LIMIT, 1, Map.of("a", () -> ONE));
    Path written = out.resolve("a/test_data_set_0/output_0.pb");
    assertThat(written).exists();
    run(LIMIT, 1, Map.of("a", CaseRunnerTest::allOfTheHeap));
    assertThat(written).doesNotExist();
  }

  @Test
  void manyJobsGiveAsManyOutcomes() {
    Map<String, Supplier<Data>> behaviours =
        IntStream.range(0, 100)
            .boxed()
            .collect(Collectors.toMap(number -> "case_" + number, _ -> () -> ONE));
    assertThat(run(LIMIT, 4, behaviours)).hasSize(100);
  }

  @Test
  void theLastOfSeveralRunsIsTheResult() {
    var runs = new AtomicInteger();
    Supplier<Data> third =
        () -> {
          if (runs.incrementAndGet() == 2) {
            throw new SardonyxException(ErrorCode.INPUT, "other numbers may be refused");
          }
          return Tensor.scalar((float) runs.get());
        };
    List<Outcome> outcomes = run(LIMIT, 1, 3, Map.of("third", third));
    assertThat(outcomes).extracting(Outcome::status).containsExactly(Status.OK);
    assertThat(out.resolve("third/test_data_set_0/output_0.pb"))
        .content()
        .isEqualTo(Tensor.scalar(3f).toString());
  }
}
