package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.ShapeFixing;
import dev.sardonyx.runtime.interpret.ComputationCache;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.plan.Choices;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Plan;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.StepWatch;
import dev.sardonyx.runtime.plan.Weights;
import dev.sardonyx.runtime.tune.Tuner;
import java.util.List;
import java.util.Optional;

/** Makes a compiled graph ready for inputs of given types: as a plan, or as far as one goes. */
final class Planner implements PlanCache.Planning {
  private final Graph compiled;
  private final ShapeFixing shapes;
  private final Compiler compiler;
  private final Kernels kernels;
  private final Weights weights;
  private final MemoryBudget budget;
  private final SessionOptions options;
  private final Team team;
  private final StepWatch watch;
  private final Optional<Tuner> tuner;
  private final Choices choices;
  private final ComputationCache computations = new ComputationCache();
  private final LoopCache loops = LoopCache.create();
  private final Occupancy occupancy = new Occupancy();

  Planner(
      Graph compiled,
      ShapeFixing shapes,
      Compiler compiler,
      Kernels kernels,
      Weights weights,
      MemoryBudget budget,
      SessionOptions options,
      Team team,
      StepWatch watch) {
    this.compiled = compiled;
    this.shapes = shapes;
    this.compiler = compiler;
    this.kernels = kernels;
    this.weights = weights;
    this.budget = budget;
    this.options = options;
    this.team = team;
    this.watch = watch;
    tuner = options.tuning().map(folder -> Tuning.tuner(folder, kernels, options.threads()));
    choices =
        new Choices(
            options.optimised(),
            options.winograd(),
            Choices.precision(options.precision(), kernels),
            options.threads(),
            tuner.map(measuring -> measuring));
  }

  @Override
  public Execution plan(List<ValueType> types, Runnable relief) {
    Graph fixed = compiler.compileFixed(shapes.fix(compiled, types));
    if (StaticPart.isWhole(fixed, computations)) {
      return planned(fixed, relief);
    }
    Graph part = StaticPart.of(fixed, computations);
    return new Interpreted(fixed, part, planned(part, relief), this::interpreter);
  }

  private Execution planned(Graph graph, Runnable relief) {
    Plan plan = Plan.of(graph, kernels, weights, team.size(), loops, choices);
    weights.fill(team);
    tuner.ifPresent(Tuner::keep);
    return new WorkspacePool(plan.watchedBy(watch), budget, team, occupancy, relief);
  }

  private Interpreter interpreter() {
    return new Interpreter(
        new Routines(kernels, weights, choices),
        options.tripLimit(),
        options.memoryBudget(),
        computations,
        watch);
  }
}
