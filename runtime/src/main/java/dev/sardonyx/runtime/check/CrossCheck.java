package dev.sardonyx.runtime.check;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.Signature;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.runtime.compare.Bounds;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.compare.Tolerances;
import dev.sardonyx.runtime.diagnose.Bisection;
import dev.sardonyx.runtime.diagnose.QuantizationDrift;
import dev.sardonyx.runtime.diagnose.RandomValues;
import dev.sardonyx.runtime.engine.LossyEngine;
import dev.sardonyx.runtime.inputs.InputSet;
import dev.sardonyx.runtime.inputs.RandomInputs;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import dev.sardonyx.runtime.translate.Judging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs one model on several engines with the same inputs and compares: the outputs as production
 * computes them, then every node. The last engine is the reference.
 */
public final class CrossCheck {
  /** More than one, so that a wrong stride between samples shows. */
  public static final long BATCH = 2;

  private static final long DEFAULT_SEED = 0;

  /** What a run of inputs that it cannot take may end in. */
  private static final Set<ErrorCode> OF_INPUTS =
      EnumSet.of(ErrorCode.ARGUMENT, ErrorCode.SHAPE, ErrorCode.ENGINE);

  private final Graph graph;
  private final Optional<NnModule> model;
  private List<Engine> engines = List.of();
  private int runs = 1;
  private Optional<InputSet> checked = Optional.empty();
  private Optional<IntFunction<InputSet>> inputs = Optional.empty();
  private Optional<Supplier<Optional<Map<String, Data>>>> redrawn = Optional.empty();
  private WeightStorage storage = WeightStorage.FLOAT32;
  private Precision precision = Precision.FLOAT32;
  private String remark = "";
  private Duration timing = Duration.ofSeconds(1);
  private boolean ofAllNodes;
  private Optional<Long> memory = Optional.empty();
  private Tolerances tolerances = Tolerances.defaults();
  private final List<String> notes = new ArrayList<>();

  private CrossCheck(Graph graph, Optional<NnModule> model) {
    this.graph = graph;
    this.model = model;
  }

  /** A check of a model; forward run eagerly takes part. Errors: what its trace reports. */
  public static CrossCheck of(NnModule model) {
    return new CrossCheck(Trace.of(model).graph(), Optional.of(model));
  }

  /** A check of a graph, such as one read from a file. */
  public static CrossCheck of(Graph graph) {
    return new CrossCheck(graph, Optional.empty());
  }

  /** The graph that is checked. */
  public Graph graph() {
    return graph;
  }

  /**
   * The engines by name, the reference last; nodes are compared between the first and the last.
   * Errors: ENGINE when one cannot be used here.
   */
  public CrossCheck engines(String... names) {
    List<Engine> found = new ArrayList<>();
    for (String name : names) {
      Engine engine = Sardonyx.engine(name);
      engine
          .unavailable()
          .ifPresent(
              reason -> {
                throw new SardonyxException(ErrorCode.ENGINE, "engine " + name + ": " + reason);
              });
      found.add(engine);
    }
    return engines(found);
  }

  /** The engines, the reference last. */
  public CrossCheck engines(List<Engine> given) {
    engines = List.copyOf(given);
    return this;
  }

  /**
   * How the native engine stores weights; others compute with the model's own. Its results may lie
   * further from theirs then, by what the storage loses ({@link Tolerance#widenedByAll}).
   */
  public CrossCheck weightsAs(WeightStorage narrow) {
    storage = narrow;
    return this;
  }

  /**
   * How exactly the native engine multiplies; others ignore it. Its results may lie further from
   * theirs then, where it computes so ({@link ExpectedLoss}).
   */
  public CrossCheck precision(Precision wanted) {
    precision = wanted;
    return this;
  }

  /** Keeps the engines that were given from using Winograd's transforms for convolutions. */
  public CrossCheck withoutWinograd() {
    engines = with(options -> options.winograd(false));
    return this;
  }

  /** Has the engines that were given measure which way to compute each node is the fastest. */
  public CrossCheck tuned() {
    engines = with(SessionOptions::tuned);
    return this;
  }

  /** Inputs by name instead of random ones. */
  public CrossCheck inputs(Map<String, ? extends Data> given) {
    var set = new InputSet("given", Map.copyOf(given), Map.of(), false);
    return inputs(1, _ -> set);
  }

  /**
   * Several sets of inputs: outputs are compared on each of them, nodes on the first that fails,
   * else on the first.
   */
  public CrossCheck inputs(int count, IntFunction<InputSet> sets) {
    runs = count;
    inputs = Optional.of(sets);
    return this;
  }

  /**
   * Has the report tell how far outputs move with the inputs, by two more runs of the first engine.
   *
   * @param others other inputs of the same kind; empty where there are none
   */
  public CrossCheck sensitivity(Supplier<Optional<Map<String, Data>>> others) {
    redrawn = Optional.of(others);
    return this;
  }

  /** What to add where engines refuse the inputs or differ on them, such as where they are from. */
  public CrossCheck remark(String onInputs) {
    remark = onInputs;
    return this;
  }

  /** For how long each engine is timed, warm-up included; default one second. */
  public CrossCheck timing(Duration duration) {
    timing = duration;
    return this;
  }

  /**
   * Goes through all nodes, rather than up to the first fault, and looks at all numbers. Keeps to 1
   * GiB besides what sessions of the whole model take, unless told otherwise.
   */
  public CrossCheck bisect() {
    ofAllNodes = true;
    return this;
  }

  /**
   * Within so many bytes for weights, values and sessions. Where sessions of the whole model need
   * more, its outputs are those of its nodes one after the other.
   */
  public CrossCheck within(long bytes) {
    memory = Optional.of(bytes);
    return this;
  }

  /** Other tolerances than the defaults. Those of what the graph has not are errors of run. */
  public CrossCheck tolerances(Tolerances given) {
    tolerances = given;
    return this;
  }

  /** A remark to be shown with the result, such as an engine that is left out. */
  public CrossCheck note(String remark) {
    notes.add(remark);
    return this;
  }

  /**
   * Runs the check. Errors: ARGUMENT without two engines to compare, and whatever an engine
   * reports; a difference is no error but a result.
   */
  public CheckReport run() {
    if (engines.isEmpty() || engines.size() == 1 && model.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "a cross-check needs two engines, found " + names(engines));
    }
    if (Set.copyOf(names(engines)).size() < engines.size()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "a cross-check needs engines that differ, found "
              + names(engines)
              + ": one compared with itself always agrees");
    }
    IntFunction<InputSet> sets = inputs.orElse(_ -> random());
    return runs == 1
        ? check(sets.apply(0)).report()
        : new RepeatedCheck(runs, sets, this::check, this::outputs).run();
  }

  /** The inputs that the last report is of. Errors: ARGUMENT before any. */
  public InputSet checked() {
    return checked.orElseThrow(
        () -> new SardonyxException(ErrorCode.ARGUMENT, "the check has not run yet"));
  }

  private InputSet random() {
    Map<String, Data> values = RandomInputs.of(graph, DEFAULT_SEED, Map.of(), BATCH);
    return new InputSet("seed " + DEFAULT_SEED, values, Map.of(), true);
  }

  /** The whole check on one set of inputs. */
  private RepeatedCheck.Checked check(InputSet set) {
    checked = Optional.of(set);
    Map<String, Data> given = set.values();
    Signature.check(graph, given);
    List<String> remarks = new ArrayList<>(notes);
    remarks.addAll(set.lines());
    var bounds = new Bounds(graph, tolerances);
    List<Engine> storing = with(this::narrowed);
    boolean whole = use().isWhole();
    Map<String, Measured> results =
        whole ? measured(storing, given, remarks) : new LinkedHashMap<>();
    Optional<Bisection.Result> nodes =
        storing.size() < 2 ? Optional.empty() : Optional.of(bisection(storing, bounds).run(given));
    var drift = nodes.map(Bisection.Result::drift).orElseGet(QuantizationDrift::none);
    if (!whole) {
      remarks.add(
          "outputs are those of the nodes one after the other: sessions of the whole model would"
              + " take more than %,d bytes".formatted(memory.orElseThrow()));
      nodes.ifPresent(
          result -> {
            results.put(storing.getFirst().name(), new Measured(result.engineOutputs(), 0));
            results.put(storing.getLast().name(), new Measured(result.referenceOutputs(), 0));
          });
    }
    var outputs = new OutputRows(graph, storing, bounds, nodes, whole);
    List<CheckReport.Row> rows = outputs.of(results);
    Map<String, Double> times = new LinkedHashMap<>();
    if (whole) {
      results.forEach((name, measured) -> times.put(name, measured.milliseconds()));
    }
    if (model.isPresent() && !isEager(storing)) {
      remarks.add(
          "forward was not run eagerly, which keeps every value of a run; without a bisection and"
              + " a bound on memory it is");
    }
    remarks.addAll(outputs.notes());
    RandomValues.of(graph).note(graph).ifPresent(remarks::add);
    nodes.ifPresent(result -> remarks.addAll(result.diagnosis().notes()));
    CheckReport report =
        new CheckReport(graph.name(), times, rows, nodes.map(Bisection.Result::diagnosis), remarks);
    if (report.isEmpty()) {
      report = report.withNote("nothing was compared");
    } else if (!report.passed()) {
      report = explained(report, storing, given, drift, whole);
    }
    return new RepeatedCheck.Checked(report, outputs::of);
  }

  /** A failed report with what else can be said of it. */
  private CheckReport explained(
      CheckReport report,
      List<Engine> storing,
      Map<String, Data> given,
      QuantizationDrift drift,
      boolean whole) {
    CheckReport explained = remark.isEmpty() ? report : report.withNote(remark);
    if (whole && report.nodes() > 0) {
      boolean nodesAgree = report.divergence().isEmpty();
      Judging judging = Judging.of(graph, drift);
      for (String line : OptimisingFaults.of(graph, storing, given, judging, nodesAgree)) {
        explained = explained.withNote(line);
      }
    }
    return explained;
  }

  /** What each engine gives for each of several sets of inputs, one after the other. */
  private void outputs(Iterable<InputSet> sets, BiConsumer<InputSet, Map<String, Measured>> judge) {
    List<Engine> storing = with(this::narrowed);
    try (var sessions = new Sessions(storing, graph, use().session())) {
      for (InputSet set : sets) {
        Signature.check(graph, set.values());
        Map<String, Measured> results = new LinkedHashMap<>();
        if (isEager(storing)) {
          model.ifPresent(
              module ->
                  results.put("eager", new Measured(Eager.run(module, graph, set.values()), 0)));
        }
        sessions.forEach(
            (engine, session) -> results.put(engine, new Measured(run(session, set.values()), 0)));
        judge.accept(set, results);
      }
    }
  }

  private Bisection bisection(List<Engine> storing, Bounds bounds) {
    Engine first = storing.getFirst();
    Engine last = storing.getLast();
    SessionOptions written = SessionOptions.defaults().asWritten();
    ExpectedLoss loss =
        LossyEngine.of(first, graph, written).and(LossyEngine.of(last, graph, written));
    var bisection = new Bisection(graph, first, last, bounds, loss);
    return use().bound(bisection);
  }

  private Map<String, Measured> measured(
      List<Engine> storing, Map<String, Data> given, List<String> remarks) {
    Map<String, Measured> results = new LinkedHashMap<>();
    if (isEager(storing)) {
      model.ifPresent(
          module ->
              results.put("eager", Measured.of(() -> Eager.run(module, graph, given), timing)));
    }
    MemoryUse use = use();
    for (Engine engine : storing) {
      use.letGo();
      try (Session session = engine.open(graph, use.session())) {
        Measured measured = Measured.of(() -> run(session, given), timing);
        results.put(engine.name(), measured);
        if (engine == storing.getFirst() && redrawn.isPresent()) {
          var sensitivity = new Sensitivity(graph, session::runData, measured.outputs());
          remarks.addAll(sensitivity.notes(given, redrawn.get().get()));
        }
      }
    }
    use.letGo();
    return results;
  }

  private MemoryUse use() {
    return MemoryUse.of(graph, ofAllNodes, memory);
  }

  /** Forward run eagerly leaves every value of a run behind, which takes any amount of memory. */
  private boolean isEager(List<Engine> storing) {
    return model.isPresent() && (!use().isSparing() || storing.size() < 2);
  }

  private Map<String, Data> run(Session session, Map<String, Data> given) {
    try {
      return session.runData(given);
    } catch (SardonyxException error) {
      throw remark.isEmpty() || !OF_INPUTS.contains(error.code())
          ? error
          : error.withReason(error.reason() + "; " + remark);
    }
  }

  private SessionOptions narrowed(SessionOptions options) {
    return options.weightsAs(storage).precision(precision);
  }

  private List<Engine> with(UnaryOperator<SessionOptions> change) {
    return engines.stream().<Engine>map(engine -> new EngineWithOptions(engine, change)).toList();
  }

  private static List<String> names(List<Engine> engines) {
    return engines.stream().map(Engine::name).toList();
  }
}
