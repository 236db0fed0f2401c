package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.ShapeFixing;
import dev.sardonyx.runtime.flight.FlightSessions;
import dev.sardonyx.runtime.flight.FlightSteps;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.plan.StepWatch;
import dev.sardonyx.runtime.plan.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs graphs in Java alone: compiled at open, planned per set of input shapes. Thread-safe. */
public final class NativeEngine implements LossyEngine {
  private final NativeVariant variant;
  private final Kernels kernels;
  private final Compiler compiler;
  private final ShapeFixing shapes;
  private final Optional<StepClock> clock;

  /** The engine on the fastest kernels of this machine. */
  public NativeEngine() {
    this(KernelSelection.fastest());
  }

  private NativeEngine(KernelSelection selection) {
    this(NativeVariant.of(selection, NativeVariant::standard), Optional.empty());
  }

  /** The engine on a given set of kernels. */
  public NativeEngine(Kernels kernels) {
    this(asked(kernels));
  }

  /** The engine on a given set of kernels with passes of its own. */
  public NativeEngine(Kernels kernels, Compiler compiler) {
    this(NativeVariant.of(asked(kernels), _ -> compiler), Optional.empty());
  }

  private static KernelSelection asked(Kernels kernels) {
    return new KernelSelection(kernels, kernels.name() + " kernels, as asked for");
  }

  private NativeEngine(NativeVariant variant, Optional<StepClock> clock) {
    this.variant = variant;
    this.kernels = variant.selection().kernels();
    this.compiler = variant.compiler();
    this.shapes = new ShapeFixing(new NativeEvaluator(kernels));
    this.clock = clock;
  }

  /** What its sessions do to graphs, unless they compute them as they are written. */
  public Compiler compiler() {
    return compiler;
  }

  /** This engine with a clock on each step; for a single session. */
  public NativeEngine timedBy(StepClock watch) {
    return new NativeEngine(variant, Optional.of(watch));
  }

  /** {@inheritDoc} Its kernels, how it stores weights and multiplies, and what it leaves out. */
  @Override
  public List<String> variants() {
    return variant.words();
  }

  /** {@inheritDoc} */
  @Override
  public Engine on(Device device) {
    return device == Device.CPU
        ? new NativeEngine(variant.on(device), clock)
        : LossyEngine.super.on(device);
  }

  @Override
  public Optional<Engine> variant(String word) {
    return variant.with(word).map(other -> new NativeEngine(other, clock));
  }

  @Override
  public String name() {
    return variant.name();
  }

  @Override
  public String description() {
    return variant.selection().reason();
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Optional<ProfiledSession> openProfiled(Graph graph, SessionOptions options) {
    var watch = new StepClock();
    return Optional.of(new ClockedSession(timedBy(watch).open(graph, options), watch));
  }

  @Override
  public Session open(Graph graph, SessionOptions given) {
    SessionOptions options = variant.fixed().apply(given);
    if (options.device() != Device.CPU) {
      throw new SardonyxException(
          ErrorCode.ENGINE,
          "the native engine computes on CPU, not on "
              + options.device()
              + "; use the engine 'ort' for that");
    }
    return new FlightSessions().open(name(), graph, options, () -> openOnCpu(graph, options));
  }

  private Session openOnCpu(Graph graph, SessionOptions options) {
    Unsupported.refuse(GraphChecker.check(graph));
    Kernels.Lease lease = kernels.lease();
    try {
      return open(graph, options, lease);
    } catch (RuntimeException | Error error) {
      lease.close();
      throw error;
    }
  }

  private Session open(Graph graph, SessionOptions options, Kernels.Lease lease) {
    Graph plain = withoutDefaults(graph);
    Compiler chosen = options.optimised() ? compiler : Compiler.none();
    Graph compiled = chosen.compile(plain);
    var budget = new MemoryBudget(options.memoryBudget());
    var team = new Team(options.threads());
    Weights weights = packed(compiled, budget, options, team);
    var planner =
        new Planner(
            compiled, shapes, chosen, kernels, weights, budget, options, team, watch(graph));
    var plans = new PlanCache(planner);
    try {
      planAhead(graph, plans);
    } catch (RuntimeException | Error error) {
      team.close();
      plans.close();
      weights.close();
      throw error;
    }
    return new NativeSession(graph, plans, weights, team, lease, options.deadline());
  }

  private StepWatch watch(Graph graph) {
    return clock.<StepWatch>map(watch -> watch).orElseGet(() -> new FlightSteps(graph.name()));
  }

  private Weights packed(Graph graph, MemoryBudget budget, SessionOptions options, Team team) {
    try {
      return Weights.pack(graph, kernels, budget, options.weights(), team);
    } catch (RuntimeException | Error error) { // the team has threads by then
      team.close();
      throw error;
    }
  }

  /** What of a graph this engine does not have, one line for each node; none where it runs all. */
  public static List<String> lacking(Graph graph) {
    return Unsupported.find(graph, new ArrayList<>());
  }

  /** {@inheritDoc} Where graphs are compiled, of those weights that are constants once folded. */
  @Override
  public ExpectedLoss loss(Graph graph, SessionOptions given) {
    SessionOptions options = variant.fixed().apply(given);
    boolean folded = options.optimised() && options.weights() != WeightStorage.FLOAT32;
    Graph seen = folded ? compiler.compile(graph) : graph;
    return ExpectedLoss.of(name(), seen, options, kernels);
  }

  /** Where the graph leaves no choice of shapes, what is wrong with them is said at open. */
  private static void planAhead(Graph graph, PlanCache plans) {
    List<ValueType> types = graph.inputs().stream().map(Value::type).toList();
    if (types.stream().allMatch(NativeEngine::isFixed)) {
      plans.get(types).requireRoom();
    }
  }

  private static boolean isFixed(ValueType type) {
    return type instanceof TensorType tensor && tensor.shape().isFixed();
  }

  /** The graph in which an input with a default is an input and no constant. */
  public static Graph withoutDefaults(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    graph.inputs().forEach(input -> constants.remove(input.name()));
    return graph.withInitializers(constants);
  }
}
