package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Tile;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What only says another shape, or not even that. */
final class ViewRules {
  private static final int STEPS = 4;

  private ViewRules() {}

  /** The pass that drops what changes nothing and merges what follows one another. */
  static Pass pass() {
    return new RulePass(
        "merge-views",
        ViewRules::unchanged,
        ViewRules::merged,
        ViewRules::withConstantShape,
        ViewRules::transposedTwice,
        ViewRules::transposedOnes);
  }

  /** A node whose output is its input. */
  private static Optional<Value> unchanged(Node node, Rewriting graph) {
    List<Value> inputs = node.inputs();
    boolean unchanged =
        switch (node.op()) {
          case Reshape _, Flatten _, AxesOp _, Expand _, Tile _, Cast _ -> sameType(node);
          case Concat _ -> inputs.size() == 1;
          case Slice _ ->
              sameType(node) && (inputs.size() <= STEPS || isAll(inputs.get(STEPS), 1, graph));
          case Pad _ -> isAll(inputs.get(1), 0, graph);
          case Transpose op ->
              inputs.getFirst().tensorType().shape().isKnown()
                  && Transposes.isIdentity(op.order(inputs.getFirst().tensorType().rank()));
          default -> false;
        };
    return unchanged ? Optional.of(inputs.getFirst()) : Optional.empty();
  }

  private static boolean isAll(Value value, long wanted, Rewriting graph) {
    return graph
        .constant(value)
        .filter(
            tensor ->
                LongStream.range(0, tensor.elements()).allMatch(i -> tensor.longAt(i) == wanted))
        .isPresent();
  }

  /** Whether the output is known to have the input's element type and dims. */
  private static boolean sameType(Node node) {
    if (!(node.inputs().getFirst().type() instanceof TensorType from)
        || !(node.output().type() instanceof TensorType to)) {
      return false;
    }
    boolean same =
        from.dtype() == to.dtype()
            && from.shape().isKnown()
            && to.shape().isKnown()
            && from.rank() == to.rank();
    for (int axis = 0; same && axis < from.rank(); axis++) {
      same = from.dim(axis).sameAs(to.dim(axis));
    }
    return same;
  }

  /** A view of a view, as one of what the first looks at. */
  private static Optional<Value> merged(Node node, Rewriting graph) {
    if (!isView(node.op())) {
      return Optional.empty();
    }
    return graph
        .maker(node.inputs().getFirst(), Op.class)
        .filter(maker -> isView(maker.op()))
        .flatMap(maker -> view(node, maker.inputs().getFirst(), graph));
  }

  private static boolean isView(Op op) {
    return op instanceof Reshape || op instanceof Flatten || op instanceof AxesOp;
  }

  /** A Reshape whose shape is computed though it is known, or could be said without. */
  private static Optional<Value> withConstantShape(Node node, Rewriting graph) {
    return node.op() instanceof Reshape && graph.constant(node.inputs().get(1)).isEmpty()
        ? view(node, node.inputs().getFirst(), graph)
        : Optional.empty();
  }

  /** The output of a node as a view of a value, where its dims can be said in numbers. */
  private static Optional<Value> view(Node node, Value source, Rewriting graph) {
    return target(source, node.output())
        .map(
            target -> {
              DenseTensor shape = Tensor.of(target, target.length).dense();
              Value constant = graph.constant(node.output().name() + ".shape", shape);
              return graph.add(node, new Reshape(false), source, constant);
            });
  }

  /**
   * The shape of a Reshape: a number for each fixed dim, 0 for one that stays where it is, and -1
   * for one other, but not beside a 0, which might stand for no element at all. Both must be known
   * to hold as many elements: -1 would hide that they do not.
   */
  private static Optional<long[]> target(Value from, Value to) {
    if (!(from.type() instanceof TensorType source)
        || !(to.type() instanceof TensorType type)
        || !source.shape().isKnown()
        || !type.shape().isKnown()
        || !source.shape().elements().sameAs(type.shape().elements())) {
      return Optional.empty();
    }
    long[] target = new long[type.rank()];
    int copied = 0;
    int computed = 0;
    for (int axis = 0; axis < target.length; axis++) {
      Dim dim = type.dim(axis);
      if (dim instanceof Dim.Fixed(long size)) {
        target[axis] = size;
        computed += size == 0 ? target.length : 0;
      } else if (axis < source.rank() && dim.sameAs(source.dim(axis))) {
        copied++;
      } else {
        target[axis] = -1;
        computed++;
      }
    }
    boolean said = computed == 0 || computed == 1 && copied == 0;
    return said ? Optional.of(target) : Optional.empty();
  }

  private static Optional<Value> transposedTwice(Node node, Rewriting graph) {
    if (!(node.op() instanceof Transpose second)) {
      return Optional.empty();
    }
    return graph
        .maker(node.inputs().getFirst(), Transpose.class)
        .filter(first -> first.inputs().getFirst().tensorType().shape().isKnown())
        .map(
            first -> {
              Value x = first.inputs().getFirst();
              int rank = x.tensorType().rank();
              List<Integer> order =
                  Transposes.then(((Transpose) first.op()).order(rank), second.order(rank));
              return Transposes.isIdentity(order) ? x : graph.add(node, new Transpose(order), x);
            });
  }

  /** A transposition that moves axes of size 1 only moves no element. */
  private static Optional<Value> transposedOnes(Node node, Rewriting graph) {
    if (!(node.op() instanceof Transpose op)
        || !node.inputs().getFirst().tensorType().shape().isKnown()) {
      return Optional.empty();
    }
    Shape shape = node.inputs().getFirst().tensorType().shape();
    List<Integer> moved =
        op.order(shape.rank()).stream().filter(axis -> !shape.dim(axis).equals(Dim.of(1))).toList();
    boolean inOrder = moved.stream().sorted().toList().equals(moved);
    return inOrder ? view(node, node.inputs().getFirst(), graph) : Optional.empty();
  }
}
