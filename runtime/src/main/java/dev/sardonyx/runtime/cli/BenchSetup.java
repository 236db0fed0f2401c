package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.bench.Contender;
import dev.sardonyx.runtime.bench.OpenLane;
import dev.sardonyx.runtime.bench.ProcessLane;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import dev.sardonyx.runtime.plan.StepClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Option;

/**
 * What is run in all lanes alike.
 *
 * @param batch the size of the inputs' first dim
 */
record BenchSetup(
    Invocation invocation,
    Target target,
    Graph graph,
    Map<String, Data> inputs,
    int batch,
    int threads) {
  /** What a process of one lane is told otherwise than we were. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("engine", "kernels", "threads", "batch", "runs", "warmup", "seconds", "cold", "json");

  /** A setup. Errors: those of inputs; USAGE for a batch that the inputs do not have. */
  static BenchSetup of(Invocation invocation, Target target, Graph graph, int batch, int threads) {
    Map<String, Data> inputs = RunInputs.of(invocation, graph, batch).values();
    int found = batch(inputs);
    if (invocation.has("batch") && found != batch) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--batch %d is not to be had: %s takes %s, of which the batch is %d here"
              .formatted(batch, target.name(), graph.inputs(), found));
    }
    return new BenchSetup(invocation, target, graph, inputs, found, threads);
  }

  private static int batch(Map<String, Data> inputs) {
    return inputs.values().stream()
        .filter(data -> data instanceof Tensor tensor && tensor.rank() > 0)
        .mapToInt(data -> Math.toIntExact(((Tensor) data).size(0).fixed()))
        .findFirst()
        .orElse(1);
  }

  /** Who takes part: the engines asked for or all there are, native with each set of kernels. */
  static List<Contender> contenders(Invocation invocation) {
    List<String> kernels = invocation.list("kernels");
    List<Contender> contenders = new ArrayList<>();
    for (String engine : engines(invocation)) {
      if (!engine.equals("native") || kernels.isEmpty()) {
        contenders.add(contender(engine));
        continue;
      }
      for (String word : kernels) {
        contenders.add(new Contender(engine, KernelSelection.of(word).word()));
      }
    }
    if (!kernels.isEmpty() && contenders.stream().noneMatch(BenchSetup::isNative)) {
      throw new SardonyxException(ErrorCode.USAGE, "--kernels is for the engine native");
    }
    if (contenders.size() > 1 && Set.copyOf(contenders).size() < contenders.size()) {
      throw new SardonyxException(
          ErrorCode.USAGE, "an engine is not timed against itself, found " + contenders);
    }
    return contenders;
  }

  /** An engine with what it takes by itself. */
  static Contender contender(String engine) {
    String kernels =
        engine.equals("native") ? KernelSelection.fastest().word() : Contender.NO_CHOICE;
    return new Contender(engine, kernels);
  }

  static boolean isNative(Contender contender) {
    return contender.engine().equals("native");
  }

  private static List<String> engines(Invocation invocation) {
    List<String> asked = invocation.list("engine");
    for (String name : asked) {
      Sardonyx.engine(name)
          .unavailable()
          .ifPresent(
              reason -> {
                throw new SardonyxException(ErrorCode.ENGINE, "engine " + name + ": " + reason);
              });
    }
    if (!asked.isEmpty()) {
      return asked;
    }
    List<String> found = new ArrayList<>();
    for (Engine engine : Sardonyx.engines()) {
      engine
          .unavailable()
          .ifPresentOrElse(
              reason ->
                  invocation
                      .console()
                      .err()
                      .println("note: engine " + engine.name() + " is left out: " + reason),
              () -> found.add(engine.name()));
    }
    return found;
  }

  private static Engine engine(Contender contender) {
    return isNative(contender)
        ? new NativeEngine(KernelSelection.of(contender.kernels()).kernels())
        : Sardonyx.engine(contender.engine());
  }

  /** A lane in this process of the native engine with a clock on each step. Errors: as below. */
  OpenLane open(Contender contender, StepClock clock) {
    var engine = new NativeEngine(KernelSelection.of(contender.kernels()).kernels());
    return open(contender, engine.timedBy(clock));
  }

  /** A lane in this process. Errors: those of opening and running. */
  OpenLane open(Contender contender) {
    return open(contender, engine(contender));
  }

  private OpenLane open(Contender contender, Engine engine) {
    SessionOptions options = options();
    return OpenLane.open(contender, () -> target.open(engine, options), inputs);
  }

  /** The options of all sessions. Errors: USAGE. */
  SessionOptions options() {
    return CommonOptions.session(invocation, SessionOptions.defaults().threads(threads));
  }

  /** How exactly an engine is asked to multiply: others than the native one as they do. */
  Precision precision(Contender contender) {
    return isNative(contender) ? options().precision() : Precision.FLOAT32;
  }

  /** What the native engine with its fastest kernels loses by the options. */
  ExpectedLoss loss() {
    return new NativeEngine().loss(graph, options());
  }

  /** How an engine stores weights: others than the native one as they are. */
  WeightStorage storage(Contender contender) {
    return isNative(contender) ? options().weights() : WeightStorage.FLOAT32;
  }

  /** A lane in a process of its own. Errors: what it says. */
  ProcessLane start(Contender contender) {
    List<String> words = new ArrayList<>(List.of("bench", target.name(), "--worker", "--json"));
    words.addAll(List.of("--engine", contender.engine()));
    if (isNative(contender)) {
      words.addAll(List.of("--kernels", contender.kernels()));
    }
    words.addAll(List.of("--threads", "" + threads));
    if (invocation.has("batch")) {
      words.addAll(List.of("--batch", "" + batch));
    }
    for (Option option : invocation.line().getOptions()) {
      if (!NOT_PASSED_ON.contains(option.getLongOpt())) {
        words.add("--" + option.getLongOpt());
        words.addAll(option.getValuesList());
      }
    }
    return new ProcessLane(contender, Jvm.command(words));
  }
}
