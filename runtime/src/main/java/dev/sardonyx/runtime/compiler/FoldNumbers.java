package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes single numbers, and sizes that inference knows, such as the square root of a number of
 * features; weights stay as they are, however they are written.
 */
public final class FoldNumbers implements Pass {
  private final Evaluator evaluator;

  /** Folding with an evaluator of single operators. */
  public FoldNumbers(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public String name() {
    return "fold-numbers";
  }

  @Override
  public Graph apply(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    graph.inputs().forEach(input -> constants.remove(input.name()));
    Map<String, Inputs.Input> known = new HashMap<>();
    constants.forEach((name, tensor) -> known.put(name, GraphInference.constant(tensor)));
    graph.inputs().forEach(input -> known.put(input.name(), Inputs.Input.of(input.type())));
    Map<String, DenseTensor> found = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<DenseTensor> number = number(node, constants, known);
      number.ifPresentOrElse(
          tensor -> {
            constants.put(node.output().name(), tensor);
            found.put(node.output().name(), tensor);
          },
          () -> nodes.add(node));
    }
    if (found.isEmpty()) {
      return graph;
    }
    Map<String, DenseTensor> initializers = new LinkedHashMap<>(graph.initializers());
    initializers.putAll(found);
    return new RemoveDead().apply(graph.withNodes(nodes).withInitializers(initializers));
  }

  private Optional<DenseTensor> number(
      Node node, Map<String, DenseTensor> constants, Map<String, Inputs.Input> known) {
    List<Optional<Inputs.Input>> given =
        node.inputs().stream().map(input -> Optional.ofNullable(known.get(input.name()))).toList();
    Optional<List<Dim>> contents = node.op().contents(new Inputs(node.op().name(), given));
    for (int i = 0; i < node.outputs().size(); i++) {
      Value output = node.outputs().get(i);
      Optional<List<Dim>> its = i == 0 ? contents : Optional.empty();
      known.put(output.name(), new Inputs.Input(output.type(), its));
    }
    if (node.outputs().size() != 1) {
      return Optional.empty();
    }
    Optional<DenseTensor> sizes = contents.flatMap(dims -> sizes(node.output(), dims));
    return sizes.isPresent() ? sizes : computed(node, constants);
  }

  private static Optional<DenseTensor> sizes(Value output, List<Dim> dims) {
    boolean fixed =
        output.type() instanceof TensorType type
            && type.dtype() == DType.INT64
            && type.shape().isFixed()
            && type.shape().elements().fixed() == dims.size()
            && dims.stream().allMatch(Dim::isFixed);
    return fixed
        ? Optional.of(
            Tensor.of(dims.stream().mapToLong(Dim::fixed).toArray(), dims.size())
                .dense()
                .reshaped(output.tensorType().shape()))
        : Optional.empty();
  }

  private Optional<DenseTensor> computed(Node node, Map<String, DenseTensor> constants) {
    boolean single =
        node.output().type() instanceof TensorType type
            && type.dtype() != DType.STRING
            && type.shape().isFixed()
            && type.shape().elements().fixed() == 1
            && node.op().bodies().isEmpty()
            && node.op().precision() != Precision.RANDOM
            && !(node.op() instanceof Opaque)
            && !(node.op() instanceof UnaryOp.Identity) // another name of a weight
            && node.inputs().stream()
                .allMatch(
                    input ->
                        Optional.ofNullable(constants.get(input.name()))
                            .filter(constant -> constant.elements() == 1)
                            .isPresent());
    if (!single) {
      return Optional.empty();
    }
    try {
      List<Optional<Tensor>> inputs =
          node.inputs().stream()
              .map(input -> Optional.<Tensor>ofNullable(constants.get(input.name())))
              .toList();
      return Optional.of(evaluator.evaluate(node.op(), inputs, 1).getFirst().dense());
    } catch (SardonyxException refused) {
      // The node stays, and says the same at its place when it runs, if it ever does.
      return Optional.empty();
    }
  }
}
