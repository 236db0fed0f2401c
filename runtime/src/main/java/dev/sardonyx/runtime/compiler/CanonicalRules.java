package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One way to say what ONNX can say in several, where it makes nothing faster. */
final class CanonicalRules {
  private CanonicalRules() {}

  /** The pass that says it so. */
  static Pass pass() {
    return new RulePass(
        "one-way-to-say", CanonicalRules::view, CanonicalRules::turned, CanonicalRules::product);
  }

  /** Whatever views x in a shape that is known is a Reshape to that shape. */
  private static Optional<Value> view(Node node, Rewriting graph) {
    Op op = node.op();
    boolean view = op instanceof Reshape || op instanceof Flatten || op instanceof AxesOp;
    if (!view || !(node.output().type() instanceof TensorType type) || !type.shape().isFixed()) {
      return Optional.empty();
    }
    long[] target = type.shape().sizes();
    boolean said =
        op instanceof Reshape(boolean allowzero)
            && allowzero
            && graph
                .constant(node.inputs().get(1))
                .filter(shape -> Arrays.equals(shape.longs(), target))
                .isPresent();
    if (said) {
      return Optional.empty();
    }
    DenseTensor shape = Tensor.of(target, target.length).dense();
    Value constant = graph.constant(node.output().name() + ".shape", shape);
    return Optional.of(graph.add(node, new Reshape(true), node.inputs().getFirst(), constant));
  }

  /** A Gemm that transposes its second matrix, with a Transpose, which folds a constant. */
  private static Optional<Value> turned(Node node, Rewriting graph) {
    if (!(node.op() instanceof Gemm op)
        || !op.transB()
        || graph.constant(node.inputs().get(1)).isEmpty()) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(1, graph.add(node, new Transpose(List.of(1, 0)), inputs.get(1)));
    return Optional.of(
        graph.add(node, new Gemm(op.alpha(), op.beta(), op.transA(), false), inputs));
  }

  /** A Gemm that only multiplies. */
  private static Optional<Value> product(Node node, Rewriting graph) {
    boolean plain =
        node.op() instanceof Gemm op
            && op.alpha() == 1
            && !op.transA()
            && !op.transB()
            && (node.inputs().size() == 2 || !node.inputs().get(2).isPresent());
    return plain
        ? Optional.of(graph.add(node, new MatMul(), node.inputs().subList(0, 2)))
        : Optional.empty();
  }
}
