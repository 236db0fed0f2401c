package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.plan.TransposedConstant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes nodes whose inputs are all constants, and makes their outputs constants. */
public final class FoldConstants implements Pass {
  /** A result may always be this large, however small its inputs are. */
  private static final long SMALL_BYTES = 1 << 20;

  /** What is larger is transposed where it is read. */
  private static final long LATER_BYTES = 1 << 16;

  private final Evaluator evaluator;

  /** Folding with an evaluator of single operators. */
  public FoldConstants(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public String name() {
    return "fold-constants";
  }

  @Override
  public Graph apply(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<List<Tensor>> results = fold(node, constants);
      if (results.isEmpty()) {
        nodes.add(node);
        continue;
      }
      for (int i = 0; i < node.outputs().size(); i++) {
        Value output = node.outputs().get(i);
        if (output.isPresent()) {
          constants.put(output.name(), results.get().get(i).dense());
        }
      }
    }
    boolean same = nodes.size() == graph.nodes().size();
    return same ? graph : graph.withNodes(nodes).withInitializers(constants);
  }

  private Optional<List<Tensor>> fold(Node node, Map<String, DenseTensor> constants) {
    boolean constant =
        node.inputs().stream()
            .allMatch(value -> !value.isPresent() || constants.containsKey(value.name()));
    boolean foldable =
        !(node.op() instanceof Opaque)
            && node.op().bodies().isEmpty()
            && node.op().precision() != Precision.RANDOM;
    if (!constant || !foldable) {
      return Optional.empty();
    }
    List<Optional<DenseTensor>> inputs =
        node.inputs().stream()
            .map(value -> Optional.ofNullable(constants.get(value.name())))
            .toList();
    try {
      if (node.op() instanceof Transpose op
          && inputs.getFirst().filter(FoldConstants::isLarge).isPresent()) {
        return Optional.of(List.of(transposed(op, inputs.getFirst().get())));
      }
      return isSmallEnough(node, inputs)
          ? Optional.of(
              evaluator.evaluate(
                  node.op(),
                  inputs.stream().map(input -> input.map(Tensor.class::cast)).toList(),
                  node.outputs().size()))
          : Optional.empty();
    } catch (SardonyxException refused) {
      // The node stays, and says the same at its place when it runs, if it ever does.
      return Optional.empty();
    }
  }

  private static boolean isLarge(DenseTensor tensor) {
    return tensor.dtype() != DType.STRING && tensor.byteSize() > LATER_BYTES;
  }

  /** A transposition whose data may never be needed. */
  private DenseTensor transposed(Transpose op, DenseTensor constant) {
    op.infer(new Inputs(op.name(), List.of(Optional.of(GraphInference.constant(constant)))));
    return TransposedConstant.tensor(constant, op.order(constant.rank()), evaluator);
  }

  /** Whether the result is not much larger than what it is made from. */
  private static boolean isSmallEnough(Node node, List<Optional<DenseTensor>> inputs) {
    var known =
        new Inputs(
            node.op().name(),
            inputs.stream().map(input -> input.map(GraphInference::constant)).toList());
    long allowed = SMALL_BYTES;
    // Each once: what doubles its input again and again would fill the memory.
    for (Optional<DenseTensor> input : new HashSet<>(inputs)) {
      allowed += input.map(DenseTensor::byteSize).orElse(0L);
    }
    long needed = 0;
    for (ValueType type : node.op().infer(known)) {
      if (!(type instanceof TensorType tensor) || tensor.dtype() == DType.STRING) {
        return false;
      }
      if (!tensor.shape().isFixed()) { // it depends on data, which must be small then
        return allowed <= 2 * SMALL_BYTES;
      }
      needed = Math.max(needed, tensor.dtype().bytes(tensor.shape().elements().fixed()));
    }
    return needed <= allowed;
  }
}
