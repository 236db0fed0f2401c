package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a graph of fixed shapes into stages: products take along the addition, Relu and Clip that
 * follow them. Only values with a single use that are no outputs disappear so.
 */
final class Fusion {
  /** What a product may take itself; inputs of the tail come after these, absent ones counted. */
  private static final int PRODUCT_INPUTS = 3;

  private final Graph graph;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Integer> lastUser = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();

  private Fusion(Graph graph) {
    this.graph = graph;
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (Value input : graph.nodes().get(i).inputs()) {
        uses.merge(input.name(), 1, Integer::sum);
        lastUser.put(input.name(), i);
      }
    }
  }

  /** The stages in an order in which each comes after those it needs. */
  static List<Stage> stages(Graph graph) {
    return new Fusion(graph).stages();
  }

  private List<Stage> stages() {
    List<Node> nodes = graph.nodes();
    Stage[] placed = new Stage[nodes.size()];
    boolean[] claimed = new boolean[nodes.size()];
    // From the end, so that of two products that are added the later one takes the addition along:
    // there the other operand is ready.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (!claimed[i]) {
        chain(i, placed, claimed);
      }
    }
    List<Stage> result = new ArrayList<>();
    for (Stage stage : placed) {
      if (stage != null) {
        result.add(stage);
      }
    }
    return result;
  }

  /** Grows a stage as far as it goes and places it where its last node stood. */
  private void chain(int start, Stage[] placed, boolean[] claimed) {
    Stage stage = Stage.of(graph.nodes().get(start));
    int last = start;
    while (isProduct(stage)
        && stage.tail().activation().isEmpty()
        && isInner(stage.outputs().getFirst())) {
      int next =
          Objects.requireNonNull(
              lastUser.get(stage.outputs().getFirst().name()), "an inner value has a user");
      // A stage that begins at a later node has been placed there already, and a chain that claimed
      // it keeps it.
      boolean free = !claimed[next] && placed[next] != null && placed[next].node() == node(next);
      Stage longer = free ? extended(stage, node(next)) : stage;
      if (longer == stage) {
        break;
      }
      placed[next] = null;
      claimed[next] = true;
      stage = longer;
      last = next;
    }
    placed[last] = stage;
  }

  private Node node(int index) {
    return graph.nodes().get(index);
  }

  /** Products of integers stay alone. */
  private static boolean isProduct(Stage stage) {
    boolean product = stage.op() instanceof ConvolutionOp || stage.op() instanceof MatrixOp;
    return product && stage.outputs().getFirst().tensorType().dtype().isFloat();
  }

  private boolean isInner(Value value) {
    return uses.getOrDefault(value.name(), 0) == 1 && !outputs.contains(value.name());
  }

  /** The stage with one more node, or the same where the node does not fit. */
  private Stage extended(Stage stage, Node next) {
    Optional<UnaryFunction> activation = activation(next);
    if (activation.isPresent()) {
      return grown(stage, stage.inputs(), next, stage.tail().withActivation(activation.get()));
    }
    return next.op() instanceof BinaryOp.Add ? withAddition(stage, next) : stage;
  }

  /** What a product can do in its registers. */
  private Optional<UnaryFunction> activation(Node node) {
    if (node.op() instanceof UnaryOp.Relu) {
      return Optional.of(new UnaryFunction.Relu());
    }
    boolean single = node.outputs().getFirst().tensorType().dtype() == DType.FLOAT32;
    if (!(node.op() instanceof Clip) || !single) {
      return Optional.empty();
    }
    Optional<Float> low = bound(node, 1, Float.NEGATIVE_INFINITY);
    Optional<Float> high = bound(node, 2, Float.POSITIVE_INFINITY);
    return low.flatMap(least -> high.map(most -> new UnaryFunction.Clip(least, most)));
  }

  /** A constant bound of a Clip. */
  private Optional<Float> bound(Node clip, int input, float none) {
    if (clip.inputs().size() <= input || !clip.inputs().get(input).isPresent()) {
      return Optional.of(none);
    }
    DenseTensor tensor = graph.initializers().get(clip.inputs().get(input).name());
    return tensor == null || tensor.elements() != 1
        ? Optional.empty()
        : Optional.of((float) tensor.doubleAt(0));
  }

  private Stage withAddition(Stage stage, Node add) {
    Value current = stage.outputs().getFirst();
    boolean first = add.inputs().getFirst().name().equals(current.name());
    Value other = add.inputs().get(first ? 1 : 0);
    Tail tail = stage.tail();
    List<Value> inputs = new ArrayList<>(stage.inputs());
    while (inputs.size() < PRODUCT_INPUTS) {
      inputs.add(Value.absent());
    }
    int index = inputs.size();
    inputs.add(other);
    if (tail.bias().isEmpty() && tail.residual().isEmpty() && isBias(stage, other)) {
      return grown(stage, inputs, add, tail.withBias(index));
    }
    boolean same = other.type().equals(current.type());
    return same && tail.residual().isEmpty()
        ? grown(stage, inputs, add, tail.withResidual(index))
        : stage;
  }

  private static Stage grown(Stage stage, List<Value> inputs, Node last, Tail tail) {
    return new Stage(stage.node(), inputs, last.outputs(), tail, stage.order());
  }

  /** Whether a value is one number per channel or column, for a product that has none yet. */
  private static boolean isBias(Stage stage, Value other) {
    Node node = stage.node();
    boolean hasBias = node.inputs().size() > 2 && node.inputs().get(2).isPresent();
    long[] output = stage.outputs().getFirst().tensorType().shape().sizes();
    long[] sizes = other.tensorType().shape().sizes();
    int axis = node.op() instanceof ConvolutionOp ? 1 : output.length - 1;
    boolean columns =
        axis == 1 && node.op() instanceof ConvolutionOp
            || node.inputs().get(1).tensorType().rank() > 1;
    if (hasBias || !columns || sizes.length > output.length) {
      return false;
    }
    int missing = output.length - sizes.length;
    boolean fits = axis >= missing;
    for (int i = 0; fits && i < sizes.length; i++) {
      fits = sizes[i] == (i + missing == axis ? output[axis] : 1);
    }
    return fits;
  }
}
