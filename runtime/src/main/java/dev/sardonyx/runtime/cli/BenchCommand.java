package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** Times a model on the engines, run by run in turn, so that a noisy machine is fair to both. */
final class BenchCommand implements Command {
  private static final long MOST_RUNS = 1_000_000;

  /** Latency is what people ask for first. */
  private static final long BATCH = 1;

  private static final long MOST_SECONDS = 3600;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String arguments() {
    return "MODEL";
  }

  @Override
  public String summary() {
    return "time a model on both engines, interleaved after a warm-up";
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommonOptions.engine())
        .addOption(CommonOptions.input())
        .addOption(CommonOptions.dim())
        .addOption(CommonOptions.seed())
        .addOption(CommonOptions.value("warmup", "SECONDS", "time to warm up; default 3"))
        .addOption(CommonOptions.value("seconds", "SECONDS", "time to measure; default 5"));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(1, 1);
  }

  /** An engine's open session and the times of its runs, in milliseconds. */
  private record Lane(Engine engine, Session session, List<Double> times) {
    double quantile(double q) {
      double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
    }
  }

  @Override
  public int run(Invocation invocation) {
    Target target = invocation.target();
    Graph graph = target.graph();
    Map<String, Data> inputs = RunInputs.of(invocation, graph, BATCH);
    List<Lane> lanes = new ArrayList<>();
    try {
      for (Engine engine : engines(invocation)) {
        Session session = engine.open(graph, SessionOptions.defaults().threads(1));
        lanes.add(new Lane(engine, session, new ArrayList<>()));
      }
      invocation.console().progress("warming up ...");
      runFor(invocation.number("warmup", 3, 0, MOST_SECONDS), lanes, inputs);
      lanes.forEach(lane -> lane.times().clear());
      invocation.console().progress("measuring ...");
      runFor(invocation.number("seconds", 5, 0, MOST_SECONDS), lanes, inputs);
      invocation.console().progressDone();
    } finally {
      lanes.forEach(lane -> lane.session().close());
    }
    print(invocation, target.name(), lanes);
    return CommandLineTool.SUCCESS;
  }

  private static List<Engine> engines(Invocation invocation) {
    List<String> asked = invocation.values("engine");
    List<Engine> found = new ArrayList<>();
    if (!asked.isEmpty()) {
      asked.forEach(name -> found.add(Sardonyx.engine(name)));
      return found;
    }
    for (Engine engine : Sardonyx.engines()) {
      engine
          .unavailable()
          .ifPresentOrElse(
              reason ->
                  invocation
                      .console()
                      .err()
                      .println("note: engine " + engine.name() + " is left out: " + reason),
              () -> found.add(engine));
    }
    return found;
  }

  /** In turn, so that both see the same moments of the machine; at least three rounds. */
  private static void runFor(long seconds, List<Lane> lanes, Map<String, Data> inputs) {
    long end = System.nanoTime() + Math.multiplyExact(seconds, 1_000_000_000L);
    for (long round = 0; round < MOST_RUNS && (round < 3 || System.nanoTime() < end); round++) {
      for (Lane lane : lanes) {
        long before = System.nanoTime();
        lane.session().runData(inputs);
        lane.times().add((System.nanoTime() - before) / 1e6);
      }
      if (Thread.interrupted()) {
        throw new SardonyxException(ErrorCode.INTERRUPTED, "the benchmark was interrupted");
      }
    }
  }

  private static void print(Invocation invocation, String model, List<Lane> lanes) {
    double reference = lanes.getLast().quantile(0.5);
    String name = lanes.getLast().engine().name();
    var table = new Table("engine", "runs", "median ms", "p10 ms", "p99 ms", name + " / this");
    for (Lane lane : lanes) {
      double median = lane.quantile(0.5);
      table.row(
          lane.engine().name(),
          lane.times().size(),
          "%.4f".formatted(median),
          "%.4f".formatted(lane.quantile(0.1)),
          "%.4f".formatted(lane.quantile(0.99)),
          "%.2f".formatted(reference / median));
      if (invocation.json()) {
        invocation
            .console()
            .out()
            .println(
                Json.object()
                    .put("model", model)
                    .put("engine", lane.engine().name())
                    .put("threads", 1)
                    .put("runs", lane.times().size())
                    .put("medianMs", median)
                    .put("p10Ms", lane.quantile(0.1))
                    .put("p99Ms", lane.quantile(0.99))
                    .put("reference", name)
                    .put("ratio", reference / median));
      }
    }
    if (!invocation.json()) {
      invocation.console().out().println("bench " + model + ", 1 thread, engines in turn");
      invocation.console().out().println();
      invocation.console().out().print(table);
    }
  }
}
