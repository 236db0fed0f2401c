package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.OwnStatisticsOp.GroupNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.InstanceNormalization;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Group normalisation as exports say it: groups become channels for an instance normalisation. */
final class GroupRules {
  private GroupRules() {}

  /** The pass that finds it. */
  static Pass pass() {
    return new RulePass(
        "fuse-group-normalizations", GroupRules::grouped, GroupRules::scaled, GroupRules::shifted);
  }

  /** Reshape to (N, groups, -1), an InstanceNormalization that only normalises, and back. */
  private static Optional<Value> grouped(Node node, Rewriting graph) {
    if (!(node.op() instanceof Reshape)) {
      return Optional.empty();
    }
    Optional<Node> instance =
        graph
            .inner(node.inputs().getFirst(), InstanceNormalization.class)
            .filter(found -> isAll(found.inputs().get(1), 1, graph))
            .filter(found -> isAll(found.inputs().get(2), 0, graph));
    Optional<Node> apart =
        instance.flatMap(found -> graph.inner(found.inputs().getFirst(), Reshape.class));
    if (apart.isEmpty() || !isBack(node, apart.get(), graph)) {
      return Optional.empty();
    }
    Value x = apart.get().inputs().getFirst();
    TensorType groups = apart.get().output().tensorType();
    Optional<Integer> count = groupsOf(x.tensorType(), groups, apart.get(), graph);
    return count.map(
        number -> {
          float epsilon = ((InstanceNormalization) instance.get().op()).epsilon();
          long channels = x.tensorType().dim(1).fixed();
          String stem = node.output().name();
          return graph.add(
              node,
              new GroupNormalization(number, epsilon),
              x,
              graph.constant(stem + ".scale", Tensor.ones(channels).dense()),
              graph.constant(stem + ".bias", Tensor.zeros(channels).dense()));
        });
  }

  /** The number of groups, where a Reshape keeps samples apart and cuts channels in equal parts. */
  private static Optional<Integer> groupsOf(
      TensorType x, TensorType groups, Node apart, Rewriting graph) {
    boolean known =
        x.shape().isKnown() && groups.shape().isKnown() && x.rank() >= 2 && groups.rank() == 3;
    if (!known
        || !(x.dim(1) instanceof Dim.Fixed(long channels))
        || !(groups.dim(1) instanceof Dim.Fixed(long count))
        || count < 1
        || channels % count != 0) {
      return Optional.empty();
    }
    boolean copied =
        !((Reshape) apart.op()).allowzero()
            && graph
                .constant(apart.inputs().get(1))
                .filter(target -> target.longAt(0) == 0)
                .isPresent();
    return copied || x.dim(0).sameAs(groups.dim(0))
        ? Optional.of(Math.toIntExact(count))
        : Optional.empty();
  }

  /** Whether a Reshape gives the shape that another was given. */
  private static boolean isBack(Node node, Node apart, Rewriting graph) {
    Value x = apart.inputs().getFirst();
    boolean asked =
        graph
            .maker(node.inputs().get(1), ShapeOf.class)
            .filter(found -> found.op().equals(new ShapeOf(0, OptionalLong.empty())))
            .filter(found -> Rewriting.isSame(found.inputs().getFirst(), x))
            .isPresent();
    Shape from = x.tensorType().shape();
    Shape to = node.output().tensorType().shape();
    boolean same = from.isKnown() && to.isKnown() && from.rank() == to.rank();
    for (int axis = 0; same && axis < from.rank(); axis++) {
      same = from.dim(axis).sameAs(to.dim(axis));
    }
    return asked || same;
  }

  /** Times a factor for each channel, where it has none yet. */
  private static Optional<Value> scaled(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Mul
        ? affine(node, graph)
            .filter(found -> isAll(found.norm().inputs().get(1), 1, graph))
            .filter(found -> isAll(found.norm().inputs().get(2), 0, graph))
            .map(found -> with(node, found, 1, graph))
        : Optional.empty();
  }

  /** Plus a summand for each channel, where it has none yet. */
  private static Optional<Value> shifted(Node node, Rewriting graph) {
    return node.op() instanceof BinaryOp.Add
        ? affine(node, graph)
            .filter(found -> isAll(found.norm().inputs().get(2), 0, graph))
            .map(found -> with(node, found, 2, graph))
        : Optional.empty();
  }

  private static Value with(Node node, Affine found, int input, Rewriting graph) {
    List<Value> given = found.norm().inputs();
    Value vector = graph.constant(node.output().name() + ".channels", found.vector());
    return graph.add(
        node,
        found.norm().op(),
        given.getFirst(),
        input == 1 ? vector : given.get(1),
        input == 2 ? vector : given.get(2));
  }

  /** A normalisation that nothing else reads, and a number for each of its channels. */
  private record Affine(Node norm, DenseTensor vector) {}

  private static Optional<Affine> affine(Node node, Rewriting graph) {
    Optional<Affine> found = affine(node.inputs().getFirst(), node.inputs().getLast(), graph);
    return found.isPresent()
        ? found
        : affine(node.inputs().getLast(), node.inputs().getFirst(), graph);
  }

  private static Optional<Affine> affine(Value normal, Value other, Rewriting graph) {
    Optional<Node> norm = graph.inner(normal, GroupNormalization.class);
    TensorType type = normal.tensorType();
    return norm.filter(_ -> type.shape().isKnown() && type.dim(1).isFixed())
        .flatMap(_ -> graph.constant(other))
        .filter(constant -> Terms.isFloat32(constant.type()))
        .filter(constant -> isPerChannel(constant, type))
        .map(constant -> new Affine(norm.get(), constant.reshaped(Shape.of(constant.elements()))));
  }

  private static boolean isPerChannel(DenseTensor constant, TensorType type) {
    int axis = constant.rank() - (type.rank() - 1);
    return constant.rank() <= type.rank()
        && axis >= 0
        && axis < constant.rank()
        && constant.shape().dim(axis).equals(type.dim(1))
        && constant.elements() == type.dim(1).fixed();
  }

  private static boolean isAll(Value value, float wanted, Rewriting graph) {
    return graph.constant(value).filter(tensor -> Terms.isAll(tensor, wanted)).isPresent();
  }
}
