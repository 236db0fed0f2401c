package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture that is flattened for a product with constant weights, flattened with its channels
 * last: plans store it so, and the order of the weights' rows is changed once.
 */
final class FlattenRules {
  /** Element by element operators between a picture's convolution and its flattening. */
  private static final int MOST_STEPS = 8;

  private final Evaluator evaluator;

  private FlattenRules(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The pass, with an evaluator that transposes weights. */
  static Pass pass(Evaluator evaluator) {
    return new RulePass("flatten-channels-last", new FlattenRules(evaluator)::flattened);
  }

  private Optional<Value> flattened(Node node, Rewriting graph) {
    boolean transposed = node.op() instanceof Gemm gemm && gemm.transB();
    boolean product = node.op() instanceof Gemm gemm ? !gemm.transA() : node.op() instanceof MatMul;
    if (!product || !Terms.isFloat32(node.output().type())) {
      return Optional.empty();
    }
    Value flat = node.inputs().get(0);
    Optional<Value> picture =
        graph
            .inner(flat, Op.class)
            .filter(view -> view.op() instanceof Reshape || view.op() instanceof Flatten)
            .map(view -> view.inputs().getFirst())
            .filter(x -> isPicture(x, flat) && isChannelsLast(x, graph));
    Optional<DenseTensor> weights =
        graph.constant(node.inputs().get(1)).filter(tensor -> tensor.rank() == 2);
    if (picture.isEmpty() || weights.isEmpty()) {
      return Optional.empty();
    }
    TensorType type = picture.get().tensorType();
    long channels = type.dim(1).fixed();
    DenseTensor turned = turned(weights.get(), channels, transposed);
    int rank = type.rank();
    List<Integer> last =
        Stream.concat(Stream.of(0), Stream.concat(IntStream.range(2, rank).boxed(), Stream.of(1)))
            .toList();
    long[] target = {0, flat.tensorType().dim(1).fixed()};
    Value shape = graph.constant(flat.name() + ".shape", Tensor.of(target, 2).dense());
    Value moved = graph.add(node, new Transpose(last), picture.get());
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, graph.add(node, new Reshape(false), moved, shape));
    inputs.set(1, graph.constant(node.inputs().get(1).name() + ".last", turned));
    return Optional.of(graph.add(node, node.op(), inputs));
  }

  /** Whether a matrix has a row for each picture, of some channels of several pixels each. */
  private static boolean isPicture(Value x, Value flat) {
    if (!(x.type() instanceof TensorType from) || !(flat.type() instanceof TensorType to)) {
      return false;
    }
    boolean known =
        from.shape().isKnown()
            && to.shape().isKnown()
            && from.rank() > 2
            && to.rank() == 2
            && from.shape().dims().stream().skip(1).allMatch(Dim::isFixed);
    if (!known) {
      return false;
    }
    long channels = from.dim(1).fixed();
    long rest = to.dim(1).isFixed() ? to.dim(1).fixed() : 0;
    boolean isMore = channels > 1 && rest > channels;
    for (int axis = 1; isMore && axis < from.rank(); axis++) { // a product might be beyond a long
      long size = from.dim(axis).fixed();
      isMore = size > 0 && rest % size == 0;
      rest = isMore ? rest / size : 0;
    }
    return rest == 1;
  }

  /** Whether plans store a value with its channels last. */
  private static boolean isChannelsLast(Value value, Rewriting graph) {
    Value x = value;
    for (int i = 0; i < MOST_STEPS; i++) {
      Optional<Node> maker = graph.maker(x, Op.class);
      if (maker.isEmpty()) {
        return false;
      }
      Op op = maker.get().op();
      if (op instanceof Conv || op instanceof PoolOp.MaxPool || op instanceof PoolOp.AveragePool) {
        return true;
      }
      boolean follows =
          op instanceof UnaryOp
              || op instanceof ActivationOp
              || op instanceof BinaryOp
              || op instanceof Clip;
      if (!follows) {
        return false;
      }
      x = maker.get().inputs().getFirst();
    }
    return false;
  }

  /** Weights for [pixel, channel] instead of [channel, pixel], in rows or transposed in columns. */
  private DenseTensor turned(DenseTensor weights, long channels, boolean transposed) {
    long[] sizes = weights.shape().sizes();
    long pixels = sizes[transposed ? 1 : 0] / channels;
    Shape apart =
        transposed ? Shape.of(sizes[0], channels, pixels) : Shape.of(channels, pixels, sizes[1]);
    var swap = new Transpose(transposed ? List.of(0, 2, 1) : List.of(1, 0, 2));
    Tensor swapped =
        evaluator.evaluate(swap, List.of(Optional.of(weights.reshaped(apart))), 1).getFirst();
    return swapped.dense().reshaped(weights.shape());
  }
}
