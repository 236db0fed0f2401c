package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a graph's values: types, makers, users, constants and the contents of shapes.
 */
final class Facts {
  /** Nodes that one weight may be computed by. */
  private static final int MOST_COMPUTED = 1000;

  /** Elements that all constants may have that are computed. */
  private static final long MOST_ELEMENTS = 1L << 28;

  private long elementsLeft = MOST_ELEMENTS;
  private final Map<String, Node> producers;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Inputs.Input> known = new HashMap<>();
  private final Map<String, DenseTensor> constants = new HashMap<>();

  Facts(Graph graph) {
    producers = graph.producers();
    constants.putAll(graph.initializers());
    graph.inputs().forEach(input -> constants.remove(input.name()));
    constants.forEach((name, tensor) -> known.put(name, GraphInference.constant(tensor)));
    graph.inputs().forEach(input -> known.put(input.name(), Inputs.Input.of(input.type())));
    for (Node node : graph.nodes()) {
      node.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
      learn(node);
    }
    graph.outputs().forEach(output -> uses.merge(output.name(), 1, Integer::sum));
  }

  /** Identities of constants are constants: an exporter writes equal weights once. */
  private void learn(Node node) {
    if (node.op() instanceof UnaryOp.Identity && isConstant(node.inputs().getFirst())) {
      DenseTensor source = constant(node.inputs().getFirst().name());
      constants.put(node.output().name(), source);
      known.put(node.output().name(), GraphInference.constant(source));
    }
    compute(node);
    List<Optional<Inputs.Input>> given = new ArrayList<>();
    for (Value input : node.inputs()) {
      given.add(Optional.ofNullable(known.get(input.name())));
    }
    if (node.outputs().stream().allMatch(this::isConstant)) {
      return;
    }
    Optional<List<Dim>> contents = node.op().contents(new Inputs(node.op().name(), given));
    for (int i = 0; i < node.outputs().size(); i++) {
      Value output = node.outputs().get(i);
      Optional<List<Dim>> its = i == 0 ? contents : Optional.empty();
      known.put(output.name(), new Inputs.Input(output.type(), its));
    }
  }

  /**
   * What is computed of constants alone is a constant, too: weights that a file only describes. A
   * weight that is only turned stays, because it has its name before.
   */
  private void compute(Node node) {
    boolean fixed =
        !node.inputs().isEmpty()
            && node.inputs().stream().allMatch(input -> !input.isPresent() || isConstant(input))
            && node.op().bodies().isEmpty()
            && !(node.op() instanceof Transpose
                && WeightNames.speaks(node.inputs().getFirst().name()))
            && node.op().precision() != Precision.RANDOM
            && !(node.op() instanceof Opaque)
            && node.outputs().size() == 1
            && node.output().type() instanceof TensorType type
            && type.shape().isFixed();
    if (!fixed || isConstant(node.output())) {
      return;
    }
    long elements = type(node.output()).shape().elements().fixed();
    if (elements > elementsLeft) {
      return;
    }
    elementsLeft -= elements;
    List<Optional<Tensor>> given =
        node.inputs().stream().map(input -> constant(input).map(Tensor.class::cast)).toList();
    DenseTensor value = Operations.applyAll(node.op(), given).getFirst().dense();
    constants.put(node.output().name(), value);
    known.put(node.output().name(), GraphInference.constant(value));
  }

  boolean isConstant(Value value) {
    return constants.containsKey(value.name());
  }

  Optional<DenseTensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value.name()));
  }

  /** The constant of that name. */
  DenseTensor constant(String value) {
    return Objects.requireNonNull(constants.get(value), value);
  }

  boolean isConstant(String value) {
    return constants.containsKey(value);
  }

  /** The one number that a constant holds. */
  Optional<Double> number(Value value) {
    return constant(value)
        .filter(tensor -> tensor.elements() == 1 && Inputs.NUMBERS.contains(tensor.dtype()))
        .map(tensor -> tensor.doubleAt(0));
  }

  /** The elements of a small integer tensor, in terms of dims. */
  Optional<List<Dim>> contents(Value value) {
    return Optional.ofNullable(known.get(value.name())).flatMap(Inputs.Input::contents);
  }

  /** The same where all are numbers. */
  Optional<List<Long>> numbers(Value value) {
    return contents(value)
        .filter(dims -> dims.stream().allMatch(Dim::isFixed))
        .map(dims -> dims.stream().map(Dim::fixed).toList());
  }

  Optional<Node> producer(Value value) {
    return Optional.ofNullable(producers.get(value.name()));
  }

  /** Whether a value has one user. */
  boolean isUsedOnce(Value value) {
    return uses.getOrDefault(value.name(), 0) == 1;
  }

  /** Whether anything uses a value. */
  boolean isUsed(Value value) {
    return value.isPresent() && uses.getOrDefault(value.name(), 0) > 0;
  }

  /** A constant, or what nodes compute of constants alone, as exporters do with weights. */
  Optional<DenseTensor> computed(Value value) {
    return computed(value, new int[] {MOST_COMPUTED});
  }

  private Optional<DenseTensor> computed(Value value, int[] left) {
    Optional<Node> maker = producer(value);
    if (isConstant(value) || maker.isEmpty() || left[0]-- <= 0) {
      return constant(value);
    }
    List<Optional<Tensor>> inputs = new ArrayList<>();
    for (Value input : maker.get().inputs()) {
      Optional<DenseTensor> given = computed(input, left);
      if (given.isEmpty() && input.isPresent()) {
        return Optional.empty();
      }
      inputs.add(given.map(Tensor.class::cast));
    }
    int at = maker.get().outputs().indexOf(value);
    return Optional.of(Operations.applyAll(maker.get().op(), inputs).get(at).dense());
  }

  /** The type of a tensor whose rank is known. */
  Optional<TensorType> ranked(String value) {
    return Optional.ofNullable(known.get(value))
        .map(Inputs.Input::type)
        .filter(type -> type instanceof TensorType tensor && tensor.shape().isKnown())
        .map(TensorType.class::cast);
  }

  static TensorType type(Value value) {
    return (TensorType) value.type();
  }

  /** Whether the dims are known in number. */
  static boolean hasRank(Value value) {
    return value.type() instanceof TensorType type && type.shape().isKnown();
  }
}
