package dev.sardonyx.runtime.conformance;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.plan.RandomNumbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One data set in a thread of its own, so that whatever it throws, or a stack or heap that it
 * exhausts, ends that thread alone; and so that it can be left behind when it hangs.
 */
final class Attempt {
  /** What a case gets to notice that it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final int LONGEST_REASON = 200;

  private final DataSet set;
  private final CaseRunner runner;
  private final Path out;

  /** Set once: by the thread before it writes, or by who waits for it and does no more. */
  private final AtomicBoolean decided = new AtomicBoolean();

  private volatile Stage stage = Stage.PARSE;
  private volatile long started;
  private volatile long loaded;
  private volatile long computed;
  private volatile @Nullable Throwable failure;
  private volatile List<ValueType> outputs = List.of();

  Attempt(DataSet set, CaseRunner runner, Path out) {
    this.set = set;
    this.runner = runner;
    this.out = out;
  }

  /** Runs the data set and waits for it, no longer than a limit and a moment of grace. */
  Outcome await(Duration limit) throws InterruptedException {
    clear();
    started = System.nanoTime();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(set.caseName() + "/" + set.name())
            .uncaughtExceptionHandler((_, thrown) -> failure = thrown)
            .start(this::run);
    if (!thread.join(limit)) {
      if (decided.compareAndSet(false, true)) {
        thread.interrupt();
        thread.join(GRACE);
        String reason = "no end within " + limit.toMillis() + " ms";
        return outcome(Status.TIMEOUT, reason, reason);
      }
      thread.join();
    }
    Throwable thrown = failure;
    if (thrown == null) {
      return outcome(Status.OK, "", "");
    }
    clear();
    return thrown instanceof SardonyxException error ? refused(error) : broken(thrown);
  }

  private void run() {
    Graph graph = runner.models().read(set.model());
    Map<String, Data> inputs = inputs(graph);
    stage = Stage.LOAD;
    Map<String, Data> results;
    try (Session session = runner.engine().open(graph, runner.options())) {
      loaded = System.nanoTime();
      stage = Stage.RUN;
      Map<String, Data> others = Perturbed.of(inputs);
      for (int i = 1; i < runner.runs(); i++) {
        Perturbed.run(session, others);
      }
      results = RandomNumbers.within(0, () -> session.runData(inputs));
      computed = System.nanoTime();
    }
    if (decided.compareAndSet(false, true)) {
      write(graph, results);
    }
  }

  private Map<String, Data> inputs(Graph graph) {
    Map<String, Data> inputs = new LinkedHashMap<>();
    int index = 0;
    for (Value input : graph.inputs()) {
      if (!graph.initializers().containsKey(input.name())) {
        inputs.put(input.name(), runner.values().read(set.input(index), input.type()));
        index++;
      }
    }
    if (Files.exists(set.input(index))) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "the data set has more inputs than the " + index + " that " + graph.name() + " takes");
    }
    return inputs;
  }

  private void write(Graph graph, Map<String, Data> results) {
    List<ValueType> types = new ArrayList<>();
    try {
      Files.createDirectories(set.results(out));
    } catch (IOException error) {
      throw FileErrors.unwritable(set.results(out), error);
    }
    for (Value output : graph.outputs()) {
      Data data = results.get(output.name());
      if (data == null) {
        throw new SardonyxException(ErrorCode.ENGINE, "output '" + output.name() + "' is missing");
      }
      runner.values().write(data, set.result(out, types.size()));
      types.add(output.type() instanceof UnknownType ? data.type() : output.type());
    }
    outputs = types;
  }

  /** Takes away what an earlier run, or a failed one, has left: results are whole or not there. */
  private void clear() {
    for (int i = 0; true; i++) {
      try {
        if (!Files.deleteIfExists(set.result(out, i))) {
          return;
        }
      } catch (IOException error) {
        throw FileErrors.unwritable(set.result(out, i), error);
      }
    }
  }

  private Outcome refused(SardonyxException error) {
    String message = String.valueOf(error.getMessage());
    if (error.code() == ErrorCode.UNSUPPORTED) {
      var lack = error.lacks().stream().findFirst().map(Lack::code);
      return outcome(Status.UNSUPPORTED, lack.orElseGet(() -> shortened(error.reason())), message);
    }
    String file = error.file().map(path -> Path.of(path).getFileName() + ": ").orElse("");
    String reason = error.code().text() + ": " + file + error.reason();
    return outcome(Status.ERROR, shortened(reason), message);
  }

  private Outcome broken(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return outcome(Status.ERROR, shortened(thrown.toString()), trace.toString().strip());
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }

  private Outcome outcome(Status status, String reason, String detail) {
    long now = System.nanoTime();
    long loadEnd = stage == Stage.RUN ? loaded : now;
    long runEnd = computed != 0 ? computed : now;
    double loadMillis = (loadEnd - started) / 1e6;
    double runMillis = stage == Stage.RUN ? (runEnd - loaded) / 1e6 : 0;
    return new Outcome(set, status, stage, reason, detail, loadMillis, runMillis, outputs);
  }
}
