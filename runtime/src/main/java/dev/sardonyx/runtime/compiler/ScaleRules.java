package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.Optional;

/**
 * What is done to each channel of a product by constants, done to its weights: batch
 * normalisations, factors and summands. A normalisation that stays has mean 0, variance 1 and
 * epsilon 0.
 */
final class ScaleRules {
  private ScaleRules() {}

  /** The pass that folds them. */
  static Pass pass() {
    return new RulePass("fold-scales", ScaleRules::normalized, ScaleRules::scaled);
  }

  private static Optional<Value> normalized(Node node, Rewriting graph) {
    if (!(node.op() instanceof BatchNormalization op) || op.trainingMode()) {
      return Optional.empty();
    }
    Optional<ChannelScale> scale =
        ChannelScale.of(op, node, graph).filter(found -> !found.isPlain());
    Value x = node.inputs().getFirst();
    Optional<Value> folded = scale.flatMap(found -> folded(x, found, graph));
    return folded.isPresent() ? folded : scale.map(found -> plain(node, found, graph));
  }

  /** Sizes are compared because inference cannot where the rank of x is unknown. */
  private static Optional<Value> folded(Value x, ChannelScale scale, Rewriting graph) {
    return ScaledProduct.of(x, graph)
        .filter(product -> product.channels() == scale.channels())
        .map(product -> product.scaled(scale, graph));
  }

  private static Value plain(Node node, ChannelScale scale, Rewriting graph) {
    String stem = node.output().name();
    return graph.add(
        node,
        new BatchNormalization(0),
        node.inputs().getFirst(),
        graph.constant(stem + ".scale", scale.factors()),
        graph.constant(stem + ".shift", scale.summands()),
        graph.constant(stem + ".mean", scale.repeated(0)),
        graph.constant(stem + ".variance", scale.repeated(1)));
  }

  /** A product times a constant, or over it, or plus or minus it. */
  private static Optional<Value> scaled(Node node, Rewriting graph) {
    if (!(node.op() instanceof BinaryOp)) {
      return Optional.empty();
    }
    Value first = node.inputs().getFirst();
    Value last = node.inputs().getLast();
    Optional<Value> found = scaled(node, first, last, graph);
    boolean either = node.op() instanceof BinaryOp.Add || node.op() instanceof BinaryOp.Mul;
    return found.isPresent() || !either ? found : scaled(node, last, first, graph);
  }

  private static Optional<Value> scaled(Node node, Value x, Value other, Rewriting graph) {
    Optional<DenseTensor> constant =
        graph.constant(other).filter(tensor -> tensor.dtype() == DType.FLOAT32);
    if (constant.isEmpty() || !Terms.isFloat32(node.output().type())) {
      return Optional.empty();
    }
    return ScaledProduct.of(x, graph)
        .filter(product -> isPerChannel(product, x, constant.get()))
        .flatMap(
            product ->
                ChannelScale.of((BinaryOp) node.op(), constant.get(), product.channels())
                    .map(scale -> product.scaled(scale, graph)));
  }

  /** Whether a constant has one element for each channel of a product, or one for all. */
  private static boolean isPerChannel(ScaledProduct product, Value x, DenseTensor constant) {
    TensorType type = x.tensorType();
    if (!type.shape().isKnown() || constant.rank() > type.rank()) {
      return false;
    }
    int behind = product.node().op() instanceof Gemm ? 1 : type.rank() - 1;
    int axis = constant.rank() - behind;
    return constant.elements() == 1
        || constant.elements() == product.channels()
            && axis >= 0
            && axis < constant.rank()
            && constant.shape().dim(axis).fixed() == product.channels();
  }
}
