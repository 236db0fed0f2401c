package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Rewriting.isSame;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.compiler.Terms.Term;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * sqrt(mean(base * base) + epsilon) over the last axes, or 1 over it, which nothing else reads.
 *
 * @param axis the first of the axes, counted from the end
 * @param readings how often the square reads the base
 */
record RowStatistic(Value base, int axis, double epsilon, int readings) {

  /** The root that a value is. */
  static Optional<RowStatistic> root(Value value, Rewriting graph) {
    return graph
        .inner(value, UnaryOp.Sqrt.class)
        .flatMap(node -> ofSquare(node.inputs().getFirst(), graph));
  }

  /** The root that a value is 1 over. */
  static Optional<RowStatistic> inverseRoot(Value value, Rewriting graph) {
    Optional<Node> reciprocal = graph.inner(value, UnaryOp.Reciprocal.class);
    if (reciprocal.isPresent()) {
      return root(reciprocal.get().inputs().getFirst(), graph);
    }
    Optional<Node> node = graph.inner(value, BinaryOp.class);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Value first = node.get().inputs().getFirst();
    Value last = node.get().inputs().getLast();
    if (node.get().op() instanceof BinaryOp.Div && is(first, last, 1, graph)) {
      return root(last, graph);
    }
    return node.get().op() instanceof BinaryOp.Pow && is(last, first, -0.5, graph)
        ? ofSquare(first, graph)
        : Optional.empty();
  }

  private static boolean is(Value value, Value other, double wanted, Rewriting graph) {
    return Terms.number(value, other, graph).orElse(Double.NaN) == wanted;
  }

  private static Optional<RowStatistic> ofSquare(Value value, Rewriting graph) {
    Optional<Term> sum = Terms.sum(value, graph);
    Optional<Node> mean = sum.flatMap(term -> graph.inner(term.value(), Reduce.class));
    Optional<Integer> axis = mean.flatMap(node -> axis(node, Reduction.MEAN, graph));
    return axis.flatMap(
        first -> square(mean.get().inputs().getFirst(), first, sum.get().number(), graph));
  }

  private static Optional<RowStatistic> square(
      Value value, int axis, double epsilon, Rewriting graph) {
    Optional<Node> node = graph.inner(value, BinaryOp.class);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Value first = node.get().inputs().getFirst();
    Value last = node.get().inputs().getLast();
    if (node.get().op() instanceof BinaryOp.Pow && is(last, first, 2, graph)) {
      return Optional.of(new RowStatistic(first, axis, epsilon, 1));
    }
    return node.get().op() instanceof BinaryOp.Mul && isSame(first, last)
        ? Optional.of(new RowStatistic(first, axis, epsilon, 2))
        : Optional.empty();
  }

  /** The axis, counted from the end, from which on a reduction keeps the dims that it reduces. */
  static Optional<Integer> axis(Node node, Reduction reduction, Rewriting graph) {
    boolean fits =
        node.op() instanceof Reduce op
            && op.reduction() == reduction
            && op.keepdims()
            && node.inputs().size() == 2
            && Terms.isFloat32(node.output().type());
    Optional<DenseTensor> axes = fits ? graph.constant(node.inputs().get(1)) : Optional.empty();
    if (axes.isEmpty() || axes.get().elements() == 0) {
      return Optional.empty();
    }
    long[] named = axes.get().longs().clone();
    TensorType x = node.inputs().getFirst().tensorType();
    for (int i = 0; i < named.length; i++) {
      if (named[i] >= 0 && !x.shape().isKnown()) {
        return Optional.empty();
      }
      named[i] = named[i] >= 0 ? named[i] - x.rank() : named[i];
    }
    Arrays.sort(named);
    int count = named.length;
    boolean last = IntStream.range(0, count).allMatch(i -> named[i] == i - count);
    return last ? Optional.of(-count) : Optional.empty();
  }
}
