package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Rewriting.isSame;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.RMSNormalization;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Normalisations of rows that exports say in means, squares and roots. */
final class NormalizationRules {
  private NormalizationRules() {}

  /** The pass that finds them. */
  static Pass pass() {
    return new RulePass(
        "fuse-row-normalizations",
        NormalizationRules::softmax,
        NormalizationRules::normalized,
        NormalizationRules::scaled,
        NormalizationRules::shifted);
  }

  /** exp(x - max(x)) / sum(exp(x - max(x))) along one axis. */
  private static Optional<Value> softmax(Node node, Rewriting graph) {
    if (!(node.op() instanceof BinaryOp.Div)) {
      return Optional.empty();
    }
    Value powers = node.inputs().getFirst();
    Optional<Node> exp =
        graph.maker(powers, UnaryOp.Exp.class).filter(_ -> graph.uses(powers) == 2);
    Optional<Node> sum =
        graph
            .inner(node.inputs().getLast(), Reduce.class)
            .filter(reduce -> isSame(reduce.inputs().getFirst(), powers));
    Optional<Node> shifted =
        exp.flatMap(found -> graph.inner(found.inputs().getFirst(), BinaryOp.Sub.class));
    if (sum.isEmpty() || shifted.isEmpty()) {
      return Optional.empty();
    }
    Value x = shifted.get().inputs().getFirst();
    Optional<Integer> most =
        graph
            .inner(shifted.get().inputs().getLast(), Reduce.class)
            .filter(reduce -> isSame(reduce.inputs().getFirst(), x))
            .flatMap(reduce -> RowStatistic.axis(reduce, Reduction.MAX, graph));
    Optional<Integer> along = RowStatistic.axis(sum.get(), Reduction.SUM, graph);
    return along.equals(most) && along.equals(Optional.of(-1))
        ? Optional.of(graph.add(node, new Softmax(-1), x))
        : Optional.empty();
  }

  /** What is divided by the root of the mean of its squares; a layer's has its mean taken off. */
  private static Optional<Value> normalized(Node node, Rewriting graph) {
    List<Value> inputs = node.inputs();
    if (node.op() instanceof BinaryOp.Div) {
      return RowStatistic.root(inputs.getLast(), graph)
          .flatMap(root -> normalized(node, inputs.getFirst(), root, graph));
    }
    if (!(node.op() instanceof BinaryOp.Mul)) {
      return Optional.empty();
    }
    Optional<Value> one =
        RowStatistic.inverseRoot(inputs.getLast(), graph)
            .flatMap(root -> normalized(node, inputs.getFirst(), root, graph));
    return one.isPresent()
        ? one
        : RowStatistic.inverseRoot(inputs.getFirst(), graph)
            .flatMap(root -> normalized(node, inputs.getLast(), root, graph));
  }

  private static Optional<Value> normalized(
      Node node, Value base, RowStatistic root, Rewriting graph) {
    if (!isSame(base, root.base())) {
      return Optional.empty();
    }
    Optional<Value> x =
        graph
            .maker(base, BinaryOp.Sub.class)
            .filter(_ -> graph.uses(base) == 1 + root.readings())
            .filter(sub -> isMean(sub.inputs().getLast(), sub.inputs().getFirst(), root, graph))
            .map(sub -> sub.inputs().getFirst());
    float epsilon = (float) root.epsilon();
    Optional<Shape> row = row(base, root.axis());
    return row.map(
        shape -> {
          Value ones = graph.constant(node.output().name() + ".scale", ones(shape));
          return x.isPresent()
              ? graph.add(node, new LayerNormalization(root.axis(), epsilon), x.get(), ones)
              : graph.add(node, new RMSNormalization(root.axis(), epsilon), base, ones);
        });
  }

  private static boolean isMean(Value value, Value x, RowStatistic root, Rewriting graph) {
    return graph
        .inner(value, Reduce.class)
        .filter(mean -> isSame(mean.inputs().getFirst(), x))
        .flatMap(mean -> RowStatistic.axis(mean, Reduction.MEAN, graph))
        .filter(axis -> axis == root.axis())
        .isPresent();
  }

  /** The dims of a float32 value from an axis on, where they are fixed. */
  private static Optional<Shape> row(Value value, int axis) {
    if (!(value.type() instanceof TensorType type)
        || !Terms.isFloat32(type)
        || !type.shape().isKnown()
        || type.rank() < -axis) {
      return Optional.empty();
    }
    Shape row = Shape.of(type.shape().dims().subList(type.rank() + axis, type.rank()));
    return row.isFixed() ? Optional.of(row) : Optional.empty();
  }

  private static DenseTensor ones(Shape shape) {
    return Tensor.ones(shape.sizes()).dense();
  }

  /** A normalisation that scales by ones, times what it can scale by. */
  private static Optional<Value> scaled(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Mul
        ? affine(node, graph)
            .filter(rows -> rows.norm().inputs().size() == 2)
            .filter(
                rows ->
                    graph
                        .constant(rows.norm().inputs().get(1))
                        .filter(t -> Terms.isAll(t, 1))
                        .isPresent())
            .map(
                rows ->
                    graph.add(
                        node, rows.norm().op(), rows.norm().inputs().getFirst(), rows.vector()))
        : Optional.empty();
  }

  /** A layer normalisation without a summand, plus what it can add. */
  private static Optional<Value> shifted(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Add
        ? affine(node, graph)
            .filter(rows -> rows.norm().op() instanceof LayerNormalization)
            .filter(rows -> rows.norm().inputs().size() == 2)
            .map(
                rows -> {
                  List<Value> inputs = new ArrayList<>(rows.norm().inputs());
                  inputs.add(rows.vector());
                  return graph.add(node, rows.norm().op(), inputs);
                })
        : Optional.empty();
  }

  /** A normalisation that nothing else reads, and a value of its rows' shape. */
  private record Affine(Node norm, Value vector) {}

  private static Optional<Affine> affine(Node node, Rewriting graph) {
    Value first = node.inputs().getFirst();
    Value last = node.inputs().getLast();
    Optional<Affine> found = affine(first, last, graph);
    return found.isPresent() ? found : affine(last, first, graph);
  }

  private static Optional<Affine> affine(Value rows, Value vector, Rewriting graph) {
    Optional<Node> layer = graph.inner(rows, LayerNormalization.class);
    Optional<Node> norm = layer.isPresent() ? layer : graph.inner(rows, RMSNormalization.class);
    return norm.filter(node -> isRow(vector, rows, axis(node)))
        .map(node -> new Affine(node, vector));
  }

  private static int axis(Node node) {
    return switch (node.op()) {
      case LayerNormalization op -> op.axis();
      case RMSNormalization op -> op.axis();
      default -> throw new AssertionError(node.op());
    };
  }

  private static boolean isRow(Value vector, Value rows, int axis) {
    return axis < 0
        && vector.type() instanceof TensorType type
        && Terms.isFloat32(type)
        && row(rows, axis).filter(type.shape()::equals).isPresent();
  }
}
