package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** One way to say what ONNX can say in several, where it makes nothing faster. */
final class CanonicalRules {
  private CanonicalRules() {}

  /** The pass that says it so. */
  static Pass pass() {
    return new RulePass(
        "one-way-to-say",
        CanonicalRules::view,
        CanonicalRules::turned,
        CanonicalRules::product,
        CanonicalRules::part,
        CanonicalRules::reduction,
        OperandRules::slope,
        OperandRules::scales);
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

  /** A Slice by positive steps, with a start and an end within the input for each axis. */
  private static Optional<Value> part(Node node, Rewriting graph) {
    Value x = node.inputs().getFirst();
    if (!(node.op() instanceof Slice)
        || !(x.type() instanceof TensorType type)
        || !type.shape().isFixed()) {
      return Optional.empty();
    }
    long[] sizes = type.shape().sizes();
    Optional<long[]> starts = integers(node, 1, graph);
    Optional<long[]> ends = integers(node, 2, graph);
    if (starts.isEmpty() || ends.isEmpty()) {
      return Optional.empty();
    }
    int count = starts.get().length;
    Optional<long[]> axes =
        isGiven(node, 3) ? integers(node, 3, graph) : Optional.of(numbers(count, i -> i));
    Optional<long[]> steps =
        isGiven(node, 4) ? integers(node, 4, graph) : Optional.of(numbers(count, _ -> 1));
    if (axes.isEmpty() || steps.isEmpty() || Arrays.stream(steps.get()).anyMatch(s -> s < 1)) {
      return Optional.empty();
    }
    long[][] whole = {
      new long[sizes.length],
      sizes.clone(),
      numbers(sizes.length, i -> i),
      numbers(sizes.length, _ -> 1)
    };
    for (int i = 0; i < count; i++) {
      int axis = Math.toIntExact(axes.get()[i] + (axes.get()[i] < 0 ? sizes.length : 0));
      whole[0][axis] = within(starts.get()[i], sizes[axis]);
      whole[1][axis] = within(ends.get()[i], sizes[axis]);
      whole[3][axis] = steps.get()[i];
    }
    boolean said =
        Arrays.equals(starts.get(), whole[0])
            && Arrays.equals(ends.get(), whole[1])
            && isGiven(node, 3)
            && Arrays.equals(axes.get(), whole[2])
            && isGiven(node, 4);
    if (said) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(List.of(x));
    for (long[] numbers : whole) {
      inputs.add(constant(node, numbers, graph));
    }
    return Optional.of(graph.add(node, new Slice(), inputs));
  }

  /** A place within an axis, counted from its end where it is negative. */
  private static long within(long place, long size) {
    return Math.clamp(place < 0 ? place + size : place, 0, size);
  }

  /** A reduction over axes in order, counted from the front. */
  private static Optional<Value> reduction(Node node, Rewriting graph) {
    Value x = node.inputs().getFirst();
    if (!(node.op() instanceof ReductionOp.Reduce)
        || !(x.type() instanceof TensorType type)
        || !type.shape().isKnown()) {
      return Optional.empty();
    }
    return integers(node, 1, graph)
        .flatMap(
            axes -> {
              long[] positive =
                  Arrays.stream(axes)
                      .map(axis -> axis < 0 ? axis + type.rank() : axis)
                      .sorted()
                      .toArray();
              return Arrays.equals(axes, positive)
                  ? Optional.empty()
                  : Optional.of(graph.add(node, node.op(), x, constant(node, positive, graph)));
            });
  }

  private static boolean isGiven(Node node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isPresent();
  }

  private static Optional<long[]> integers(Node node, int input, Rewriting graph) {
    return isGiven(node, input)
        ? graph
            .constant(node.inputs().get(input))
            .map(tensor -> numbers(Math.toIntExact(tensor.elements()), tensor::longAt))
        : Optional.empty();
  }

  private static long[] numbers(int count, LongUnaryOperator number) {
    return LongStream.range(0, count).map(number).toArray();
  }

  private static Value constant(Node node, long[] numbers, Rewriting graph) {
    return graph.constant(
        node.output().name() + ".numbers", Tensor.of(numbers, numbers.length).dense());
  }
}
