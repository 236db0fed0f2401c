package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.Lane;
import dev.sardonyx.runtime.bench.LaneServer;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.bench.ProcessLane;
import dev.sardonyx.runtime.bench.Race;
import dev.sardonyx.runtime.bench.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.Options;

/** Times a model on the engines in turn, so that a noisy machine is fair to all. */
final class BenchCommand implements Command {
  private static final int MOST_SECONDS = 3600;
  private static final int MOST_RUNS = 1_000_000;
  private static final int MOST_BATCH = 1 << 20;
  private static final int MOST_THREADS = 1024;

  /** How often each engine is started for its start. */
  private static final int STARTS = 5;

  /** What a process runs before it is asked for its memory. */
  private static final Duration MEMORY_TIME = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String arguments() {
    return "MODEL | --suite";
  }

  @Override
  public String summary() {
    return "time a model on the engines in turn, after a warm-up and with outputs compared";
  }

  @Override
  public Options options() {
    Options options =
        new Options()
            .addOption(
                CommonOptions.values(
                    "e",
                    "engine",
                    "NAMES",
                    "the engines: native,ort or ort@cuda; default all there are"))
            .addOption(
                CommonOptions.value(
                    "kernels",
                    "NAMES",
                    "sets of the native engine: machine,vector,scalar; default the fastest"))
            .addOption(
                CommonOptions.value(
                    "threads",
                    "N,N",
                    "threads of a run; default 1: all engines in this process; more: in processes of their own"))
            .addOption(CommonOptions.value("batch", "N,N", "sizes of the first dim; default 1"))
            .addOption(CommonOptions.value("runs", "N", "runs of each engine, instead of a time"))
            .addOption(
                CommonOptions.value("seconds", "N", "time to measure each engine; default 3"))
            .addOption(
                CommonOptions.value(
                    "warmup", "N", "seconds that each may take to become stable; default 10"))
            .addOption(
                CommonOptions.flag("cold", "time from the start of a process to its first result"))
            .addOption(
                CommonOptions.flag(
                    "profile", "time of each step of the native engine; other engines beside it"))
            .addOption(
                CommonOptions.flag(
                    "suite", "run all subjects and write the page of them with its chart"))
            .addOption(CommonOptions.value("only", "NAMES", "of the suite only these models"))
            .addOption(
                CommonOptions.value(
                    "minutes", "N", "minutes after which the suite begins no more; default 20"))
            .addOption(
                CommonOptions.value("out", "FILE", "the suite's page; default docs/BENCHMARKS.md"))
            .addOption(CommonOptions.flag("worker", "be a process of one engine, led by another"))
            .addOption(KernelDump.option())
            .addOption(CommonOptions.weightsAs())
            .addOption(CommonOptions.precision())
            .addOption(CommonOptions.noWinograd())
            .addOption(CommonOptions.tune());
    return ProfileOptions.addTo(InputOptions.addTo(options));
  }

  @Override
  public List<Integer> argumentCount() {
    return List.of(0, 1);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.has("suite") == !invocation.arguments().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE, "bench wants either one MODEL or --suite; see sardonyx bench --help");
    }
    return invocation.has("suite") ? new BenchSuite(invocation).run() : measured(invocation);
  }

  private static int measured(Invocation invocation) {
    List<Integer> threads = invocation.numbers("threads", 1, 1, MOST_THREADS);
    List<Integer> batches = invocation.numbers("batch", 1, 1, MOST_BATCH);
    Race race = race(invocation);
    ProfileOptions.of(invocation); // refused before a model is loaded
    CommonOptions.session(
        invocation, SessionOptions.defaults()); // refused before a model is loaded
    Target target = invocation.target();
    Graph graph = target.graph();
    List<Contender> contenders = BenchSetup.contenders(invocation); // waits for the kernels
    for (int batch : batches) {
      for (int count : threads) {
        var setup = BenchSetup.of(invocation, target, graph, batch, count);
        if (invocation.has("worker")) {
          serve(setup, contenders.getFirst());
        } else if (invocation.has("profile")) {
          new BenchProfile(setup, race).print(contenders);
        } else if (invocation.has("cold")) {
          cold(setup, contenders);
        } else {
          race(setup, contenders, race);
        }
      }
    }
    return CommandLineTool.SUCCESS;
  }

  private static Race race(Invocation invocation) {
    if (invocation.has("runs") && invocation.has("seconds")) {
      throw new SardonyxException(ErrorCode.USAGE, "--runs is instead of --seconds: give one");
    }
    return new Race(
        Duration.ofSeconds(invocation.number("warmup", 10, 0, MOST_SECONDS)),
        Duration.ofSeconds(invocation.number("seconds", 3, 0, MOST_SECONDS)),
        invocation.has("runs") ? invocation.number("runs", 1, 1, MOST_RUNS) : 0);
  }

  /** Ends with the process that leads this one, whatever that ends by. */
  private static void serve(BenchSetup setup, Contender contender) {
    ProcessHandle.current()
        .parent()
        .ifPresent(leader -> leader.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    Console console = setup.invocation().console();
    try (OpenLane lane = setup.open(contender)) {
      new LaneServer(lane, console.out()).serve(console.in());
    }
  }

  private static void race(BenchSetup setup, List<Contender> contenders, Race race) {
    Console console = setup.invocation().console();
    Map<Contender, BenchPrinter.Footprint> footprints = new LinkedHashMap<>();
    Function<Contender, ProcessLane> alone =
        contender -> {
          console.progress("opening " + contender + " in a process of its own ...");
          return setup.start(contender);
        };
    boolean apart = setup.threads() > 1;
    List<Lane> lanes = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        ProcessLane lane = alone.apply(contender);
        lanes.add(lane);
        lane.warmUp(race.warmUp().isZero() ? Duration.ZERO : MEMORY_TIME);
        footprints.put(
            contender, new BenchPrinter.Footprint(lane.openMillis(), lane.peakMegabytes()));
        if (!apart) {
          lanes.removeLast().close();
        }
      }
      for (Contender contender : apart ? List.<Contender>of() : contenders) {
        console.progress("opening " + contender + " ...");
        lanes.add(setup.open(contender));
      }
      console.progress("warming up, then measuring ...");
      List<Result> results = race.of(lanes);
      console.progress("comparing ...");
      Optional<String> check = BenchCheck.of(setup, lanes);
      console.progressDone();
      new BenchPrinter(setup, check).print(results, footprints);
    } finally {
      lanes.forEach(Lane::close);
    }
  }

  private static void cold(BenchSetup setup, List<Contender> contenders) {
    Map<Contender, List<BenchPrinter.Start>> starts = new LinkedHashMap<>();
    List<ProcessLane> lanes = new ArrayList<>();
    Optional<String> check = Optional.empty();
    for (int round = 0; round < STARTS; round++) {
      try {
        for (Contender contender : contenders) {
          setup.invocation().console().progress("starting " + contender + " ...");
          ProcessLane lane = setup.start(contender);
          lanes.add(lane);
          starts
              .computeIfAbsent(contender, first -> new ArrayList<>())
              .add(BenchPrinter.Start.of(lane));
        }
        check = round == 0 ? BenchCheck.of(setup, lanes) : check;
      } finally {
        lanes.forEach(Lane::close);
        lanes.clear();
      }
    }
    setup.invocation().console().progressDone();
    new BenchPrinter(setup, check).printStarts(starts);
  }
}
