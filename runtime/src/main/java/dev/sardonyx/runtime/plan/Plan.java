package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A graph of fixed shapes, ready to run: routines in order and the layout of their memory. All
 * decisions are taken here; a {@link Workspace} only adds memory. Immutable and thread-safe.
 */
public final class Plan {
  private final Graph graph;
  private final List<Stage> stages;
  private final List<Optional<Routine>> routines;
  private final Layout layout;
  private final Weights weights;
  private final Kernels kernels;
  private final StepWatch watch;

  private Plan(
      Graph graph,
      List<Stage> stages,
      List<Optional<Routine>> routines,
      Layout layout,
      Weights weights,
      Kernels kernels,
      StepWatch watch) {
    this.graph = graph;
    this.stages = stages;
    this.routines = routines;
    this.layout = layout;
    this.weights = weights;
    this.kernels = kernels;
    this.watch = watch;
  }

  /**
   * The plan of a graph in which every type is fixed. Errors: UNSUPPORTED, SHAPE or LIMIT, at the
   * node; nothing is allocated.
   *
   * @param members how many threads a run may have
   * @param loops the session's
   * @param choices what is left open of how nodes are computed
   */
  public static Plan of(
      Graph graph,
      Kernels kernels,
      Weights weights,
      int members,
      LoopCache loops,
      Choices choices) {
    graph.nodes().forEach(Plan::requireFixed);
    var choice = new Routines(kernels, weights, choices);
    Steps steps =
        choices.fused()
            ? together(graph, kernels, weights, loops, choices, choice)
            : apart(graph, choice);
    List<Stage> stages = steps.stages();
    List<Optional<Routine>> routines = new ArrayList<>();
    for (Stage stage : stages) {
      routines.add(
          Support.isAlias(stage.op())
              ? Optional.empty()
              : Optional.of(steps.routine().apply(stage)));
    }
    return new Plan(
        graph,
        stages,
        routines,
        Layout.of(graph, stages, routines, members),
        weights,
        kernels,
        StepWatch.none());
  }

  /** The stages of a plan and what computes those that are no aliases. */
  private record Steps(List<Stage> stages, Function<Stage, Routine> routine) {}

  /** Each node as it is written. */
  private static Steps apart(Graph graph, Routines choice) {
    List<Stage> stages = graph.nodes().stream().map(Stage::of).toList();
    return new Steps(stages, stage -> routine(choice, graph, stage));
  }

  private static Steps together(
      Graph graph,
      Kernels kernels,
      Weights weights,
      LoopCache loops,
      Choices choices,
      Routines choice) {
    List<Stage> last = ChannelsLast.rewrite(Fusion.stages(graph), graph.outputs());
    List<Stage> added = QuantizedAdditions.join(graph, last);
    ConvolutionChains.Joined joined =
        ConvolutionChains.join(graph, added, kernels, weights, choices);
    var chains = ElementwiseChains.of(graph, joined.stages(), kernels);
    return new Steps(
        chains.stages(),
        stage ->
            chains
                .program(stage)
                .map(program -> chain(program, stage, kernels, loops))
                .orElseGet(() -> decided(routine(choice, graph, stage), stage, joined)));
  }

  /** The same plan, with somebody who may want to know of its steps. */
  public Plan watchedBy(StepWatch other) {
    return new Plan(graph, stages, routines, layout, weights, kernels, other);
  }

  private static Routine chain(
      ElementwiseProgram program, Stage stage, Kernels kernels, LoopCache loops) {
    long n = Sizes.product(stage.outputs().getFirst().tensorType().shape().sizes());
    return ElementwiseRoutine.of(program, n, kernels, loops);
  }

  /** A routine that knows why it is part of a chain, or why it is not. */
  private static Routine decided(Routine routine, Stage stage, ConvolutionChains.Joined joined) {
    return Optional.ofNullable(joined.decisions().get(stage.outputs().getFirst().name()))
        .map(routine::decided)
        .orElse(routine);
  }

  private static Routine routine(Routines choice, Graph graph, Stage stage) {
    try {
      return stage.parts().isEmpty()
          ? choice.of(Call.of(graph, stage))
          : choice.chain(stage.parts().stream().map(part -> Call.of(graph, part)).toList());
    } catch (SardonyxException error) {
      throw error.at(stage.node().place());
    }
  }

  private static Optional<Value> present(Value value) {
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  private static void requireFixed(Node node) {
    for (Value output : node.outputs()) {
      boolean fixed = output.type() instanceof TensorType type && type.shape().isFixed();
      if (output.isPresent() && !fixed) {
        throw new SardonyxException(
                ErrorCode.UNSUPPORTED,
                "the native engine does not compute values whose shape depends on data: " + output)
            .at(node.place());
      }
    }
  }

  /** The graph that is computed. */
  public Graph graph() {
    return graph;
  }

  /** The memory that one workspace takes. */
  public long workspaceBytes() {
    return layout.bytes();
  }

  /** What that memory is for, as messages say it. */
  public String purpose() {
    return "the buffers of " + graph.name();
  }

  /** The number of steps of a run; aliases and what is fused have none. */
  public long stepCount() {
    return routines.stream().filter(Optional::isPresent).count();
  }

  /**
   * Memory to run in, for one run of a team at a time. Errors: LIMIT when it exceeds the budget.
   */
  public Workspace open(MemoryBudget budget, Team team) {
    MemoryBudget.Block block = budget.take(purpose(), layout.bytes());
    try {
      return bind(block, Crew.of(team));
    } catch (RuntimeException error) {
      block.close();
      throw error;
    }
  }

  private Workspace bind(MemoryBudget.Block block, Crew crew) {
    List<Step> steps = new ArrayList<>();
    List<LabelledStep> labelled = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      if (routines.get(i).isPresent()) {
        Routine routine = routines.get(i).get();
        Stage stage = stages.get(i);
        Step step = routine.binder().bind(buffers(i, routine, block.segment(), crew));
        steps.add(step);
        labelled.add(LabelledStep.of(stage, routine.decision(), kernels, step));
      }
    }
    List<MemorySegment> inputs =
        graph.inputs().stream().map(input -> segment(input, block.segment())).toList();
    List<Workspace.Output> outputs =
        graph.outputs().stream().map(output -> output(output, block.segment())).toList();
    return new Workspace(block, steps, labelled, watch, inputs, outputs);
  }

  private Workspace.Output output(Value value, MemorySegment arena) {
    return switch (layout.place(value)) {
      case Layout.Place.Constant(DenseTensor tensor) ->
          new Workspace.Output.Constant(value.name(), tensor);
      case Layout.Place.Slice(long offset, long bytes) ->
          new Workspace.Output.Computed(
              value.name(), value.tensorType(), arena.asSlice(offset, bytes));
    };
  }

  private Buffers buffers(int stage, Routine routine, MemorySegment arena, Crew crew) {
    Layout.Place.Slice scratch = layout.scratch(stage);
    return Buffers.of(
        routine,
        inputs(stages.get(stage), arena),
        segments(stages.get(stage).outputs(), arena),
        arena.asSlice(scratch.offset(), scratch.bytes()),
        crew);
  }

  /** What a stage reads; not what it has in panels, which may never have been made. */
  private List<Optional<MemorySegment>> inputs(Stage stage, MemorySegment arena) {
    List<Optional<MemorySegment>> segments = new ArrayList<>();
    for (int i = 0; i < stage.inputs().size(); i++) {
      Value value = stage.inputs().get(i);
      boolean panels =
          value.isPresent()
              && layout.place(value) instanceof Layout.Place.Constant(DenseTensor tensor)
              && weights.arePanels(stage.op(), i, tensor);
      segments.add(
          panels
              ? Optional.of(MemorySegment.NULL)
              : present(value).map(present -> segment(present, arena)));
    }
    return segments;
  }

  private List<Optional<MemorySegment>> segments(List<Value> values, MemorySegment arena) {
    return values.stream().map(value -> present(value).map(v -> segment(v, arena))).toList();
  }

  private MemorySegment segment(Value value, MemorySegment arena) {
    return switch (layout.place(value)) {
      case Layout.Place.Constant(DenseTensor tensor) -> weights.dense(tensor);
      case Layout.Place.Slice(long offset, long bytes) -> arena.asSlice(offset, bytes);
    };
  }
}
