package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.StepWatch;
import dev.sardonyx.runtime.plan.Support;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs graphs node by node, each with the very routine that a plan would take, once its inputs are
 * there: so shapes may depend on data. One interpreter serves one run; it is not thread-safe.
 */
public final class Interpreter {
  /** What a number takes as a string. */
  private static final long NUMBER_TEXT_BYTES = 80;

  private final RoutineRun routines;
  private final long tripLimit;
  private final RunMemory memory;
  private final ComputationCache computations;
  private final Routines choice;
  private final StepWatch watch;
  private final Map<Graph, Liveness> liveness = new IdentityHashMap<>();
  private long trips;
  private int depth;

  /**
   * An interpreter for one run.
   *
   * @param tripLimit rounds that all loops together may take
   * @param memoryLimit bytes that all values together may take
   */
  public Interpreter(Routines routines, long tripLimit, long memoryLimit) {
    this(routines, tripLimit, memoryLimit, new ComputationCache(), StepWatch.none());
  }

  /**
   * The same.
   *
   * @param computations those that other runs of the graph have made
   * @param watch sees the nodes of the graph, but not those of graphs within nodes
   */
  public Interpreter(
      Routines routines,
      long tripLimit,
      long memoryLimit,
      ComputationCache computations,
      StepWatch watch) {
    this.computations = computations;
    this.choice = routines;
    this.watch = watch;
    this.memory = new RunMemory(memoryLimit);
    this.routines = new RoutineRun(routines, memory);
    this.tripLimit = tripLimit;
  }

  /**
   * The outputs of a graph, in its order. Errors: what an operator reports, at its node; LIMIT,
   * INTERRUPTED.
   */
  public List<Data> run(Graph graph, List<Data> inputs) {
    Map<String, Data> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(graph.inputs().get(i).name(), inputs.get(i));
    }
    return run(graph, values);
  }

  /** The outputs of a graph within a node, for values of all its inputs. Errors: as above. */
  public List<Data> run(Body body, List<Data> inputs) {
    return run(((GraphBody) body).graph(), inputs);
  }

  /** The outputs of a graph of which these values are there already. Errors: as above. */
  public List<Data> run(Graph graph, Map<String, Data> given) {
    boolean watched = depth == 0 && watch.isOn();
    depth++;
    try {
      return run(graph, given, watched);
    } finally {
      depth--;
    }
  }

  private List<Data> run(Graph graph, Map<String, Data> given, boolean watched) {
    Liveness alive = liveness.computeIfAbsent(graph, Liveness::of);
    Map<String, Data> values = new HashMap<>(given);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      try {
        Cancellation.poll();
        if (watched) {
          watch.run(choice.labelled(node, () -> compute(graph, node, values)));
        } else {
          compute(graph, node, values);
        }
      } catch (SardonyxException error) {
        throw error.at(node.place());
      }
      for (String dead : alive.after(i)) {
        Data data = values.remove(dead);
        if (data != null && !given.containsKey(dead)) {
          memory.release(data);
        }
      }
    }
    List<Data> outputs =
        graph.outputs().stream().map(output -> value(graph, values, output)).toList();
    values.forEach(
        (name, data) -> {
          if (!given.containsKey(name)) {
            memory.release(data);
          }
        });
    return outputs;
  }

  private static Data value(Graph graph, Map<String, Data> values, Value value) {
    Data data = values.get(value.name());
    return data == null
        ? Objects.requireNonNull(graph.initializers().get(value.name()), value.name())
        : data;
  }

  private void compute(Graph graph, Node node, Map<String, Data> values) {
    List<Optional<Data>> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      inputs.add(input.isPresent() ? Optional.of(value(graph, values, input)) : Optional.empty());
    }
    List<Data> outputs = evaluate(node.op(), inputs, node.outputs().size());
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isPresent()) {
        memory.hold(outputs.get(i));
        values.put(node.outputs().get(i).name(), outputs.get(i));
      }
    }
  }

  /**
   * The first outputs of an operator. Errors: UNSUPPORTED for what is not there, what the operator
   * refuses, LIMIT.
   *
   * @param most how many outputs are wanted, if the operator has as many
   */
  public List<Data> evaluate(Op op, List<Optional<Data>> inputs, int most) {
    if (op instanceof UnaryOp.Identity && inputs.size() == 1 && inputs.getFirst().isPresent()) {
      return List.of(inputs.getFirst().orElseThrow());
    }
    Optional<Computation> computation = computations.of(op);
    if (computation.isPresent()) {
      if (op.bodies().isEmpty()) { // those with graphs are checked when a session opens
        check(op, inputs);
      }
      return computation.get().compute(inputs, this);
    }
    List<TensorType> types = infer(op, inputs, most);
    DType to = types.isEmpty() ? DType.BOOL : types.getFirst().dtype();
    boolean strings = inputs.stream().flatMap(Optional::stream).anyMatch(StringCodes::isStrings);
    if (!strings && to != DType.STRING) {
      return routines.compute(op, inputs, types);
    }
    if (op instanceof Cast || op instanceof CastLike) {
      return List.of(text(op, inputs, types.getFirst()));
    }
    return withStrings(op, inputs, types, most);
  }

  private static void check(Op op, List<Optional<Data>> inputs) {
    var known =
        new Inputs(op.name(), inputs.stream().map(input -> input.map(Interpreter::known)).toList());
    op.infer(known);
    Support.require(
        op, inputs.stream().flatMap(Optional::stream).<ValueType>map(Data::type).toList());
  }

  private Data text(Op op, List<Optional<Data>> inputs, TensorType type) {
    DenseTensor from = ((Tensor) inputs.getFirst().orElseThrow()).dense();
    boolean already = from.dtype() == type.dtype();
    if (type.dtype() == DType.STRING) {
      Support.require(new Cast(DType.STRING), List.of(from.type()));
      memory.requireHeap(Math.multiplyExact(from.elements(), NUMBER_TEXT_BYTES));
      return already ? from : StringCasts.toStrings(from);
    }
    if (from.dtype() != DType.STRING) { // only what it is like are strings
      return routines
          .compute(new Cast(type.dtype()), inputs.subList(0, 1), List.of(type))
          .getFirst();
    }
    Support.require(new Cast(type.dtype()), List.of(from.type()));
    memory.require(type);
    return StringCasts.toNumbers(from, type.dtype());
  }

  private List<Data> withStrings(
      Op op, List<Optional<Data>> inputs, List<TensorType> types, int most) {
    routines.requireMoves(op);
    for (TensorType type : types) {
      memory.requireHeap(
          type.dtype() == DType.STRING ? DType.INT64.bytes(type.shape().elements().fixed()) : 0);
    }
    var codes = StringCodes.of(inputs);
    List<Optional<Data>> encoded = inputs.stream().map(input -> input.map(codes::encode)).toList();
    List<Data> outputs = routines.compute(op, encoded, infer(op, encoded, most));
    List<Data> results = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      results.add(codes.decode(outputs.get(i), types.get(i)));
    }
    return results;
  }

  /** The types of an operator's outputs. Errors: what it refuses. */
  static List<ValueType> types(Op op, List<Optional<Data>> inputs) {
    return op.infer(
        new Inputs(
            op.name(), inputs.stream().map(input -> input.map(Interpreter::known)).toList()));
  }

  private static List<TensorType> infer(Op op, List<Optional<Data>> inputs, int most) {
    List<ValueType> all = types(op, inputs);
    List<TensorType> result = new ArrayList<>();
    for (ValueType type : all.subList(0, Math.min(most, all.size()))) {
      if (!(type instanceof TensorType tensor) || !tensor.shape().isFixed()) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED, op.name() + ": the type of the result is not known: " + type);
      }
      result.add(tensor);
    }
    return result;
  }

  private static Inputs.Input known(Data data) {
    return data instanceof Tensor tensor
        ? GraphInference.constant(tensor.dense())
        : Inputs.Input.of(data.type());
  }

  /** Counts a round of a loop. Errors: LIMIT beyond the trip limit, INTERRUPTED. */
  public void countTrip() {
    Cancellation.poll();
    trips++;
    if (trips > tripLimit) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "the loops of this run take more than " + tripLimit + " rounds");
    }
  }

  /** Counts a value that is kept beside those of the graphs. Errors: LIMIT. */
  public void hold(Data data) {
    memory.hold(data);
  }

  /** Checks that a value on the heap, where strings are, has room. Errors: LIMIT. */
  void requireHeap(long bytes) {
    memory.requireHeap(bytes);
  }

  /** Ends what {@link #hold} began. */
  public void release(Data data) {
    memory.release(data);
  }

  /** Checks that a tensor has room. Errors: LIMIT. */
  public void require(TensorType type) {
    memory.require(type);
  }

  /** Zeroed memory for a tensor. Errors: LIMIT. */
  public MemorySegment allocate(TensorType type) {
    memory.require(type);
    return Memory.allocate(type);
  }
}
