package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node by the native engine's plain loops, its floats widened to float64: for operators that have
 * no definition of their own here. It is blind to what the engine gets wrong in every type.
 */
final class NativeInDouble {
  private NativeInDouble() {}

  /**
   * The outputs; none where there are no floats to widen, so that this would only say what the
   * engine says. Errors: what the engine refuses.
   */
  static List<Exact> of(Node node, List<Optional<DenseTensor>> inputs) {
    boolean floats =
        inputs.stream().flatMap(Optional::stream).anyMatch(input -> input.dtype().isFloat());
    if (!floats) {
      return List.of();
    }
    List<Optional<Tensor>> widened = new ArrayList<>();
    for (Optional<DenseTensor> input : inputs) {
      widened.add(input.map(NativeInDouble::widened));
    }
    var evaluator = new NativeEvaluator(KernelSelection.of("scalar").kernels());
    List<Exact> result = new ArrayList<>();
    for (Tensor output : evaluator.evaluate(node.op(), widened, node.outputs().size())) {
      result.add(Given.of(output.dense()));
    }
    return result;
  }

  private static Tensor widened(DenseTensor input) {
    return input.dtype().isFloat() ? input.convert(DType.FLOAT64) : input;
  }
}
