package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.Expand;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a mask that is added to scores. A query that sees no key at all gets NaN by
 * softmax and zeros by Attention, so a mask that could hide all keys must stay outside.
 */
final class AttentionMask {
  /** How far back the makers of a mask are followed. */
  private static final int MOST_STEPS = 12;

  /** Scores are so much larger that nothing is left of this after softmax. */
  private static final double HIDING = -1e30;

  /** 4096 queries and keys. */
  private static final long MOST_ELEMENTS = 1 << 24;

  private AttentionMask() {}

  /** Whether a number in place of scores leaves nothing of them after softmax. */
  static boolean isHiding(Value number, Value scores, Rewriting graph) {
    return Terms.number(number, scores, graph).orElse(0) <= HIDING;
  }

  /** The mask to add instead of a constant choice: minus infinity where it is as said, else 0. */
  static Optional<Value> hiding(Value condition, boolean where, Rewriting graph) {
    return graph
        .constant(condition)
        .filter(tensor -> tensor.dtype() == DType.BOOL && tensor.elements() <= MOST_ELEMENTS)
        .map(
            tensor -> {
              float[] mask = new float[Math.toIntExact(tensor.elements())];
              for (int i = 0; i < mask.length; i++) {
                Cancellation.pollAt(i);
                boolean hidden = (tensor.doubleAt(i) != 0) == where;
                mask[i] = hidden ? Float.NEGATIVE_INFINITY : 0;
              }
              DenseTensor added = Tensor.of(mask, tensor.shape().sizes()).dense();
              return graph.constant(condition.name() + ".added", added);
            });
  }

  /** Whether a mask broadcasts to scores (..., queries, keys) without making them larger. */
  static boolean fits(Value mask, Value scores) {
    if (!Terms.isFloat32(mask.type()) || !Terms.isFloat32(scores.type())) {
      return false;
    }
    TensorType m = mask.tensorType();
    TensorType s = scores.tensorType();
    boolean fits = m.shape().isKnown() && s.shape().isKnown();
    fits = fits && m.rank() >= 2 && m.rank() <= s.rank() && m.dim(-1).sameAs(s.dim(-1));
    for (int axis = 2; fits && axis <= m.rank(); axis++) {
      fits = m.dim(-axis).equals(Dim.of(1)) || m.dim(-axis).sameAs(s.dim(-axis));
    }
    return fits;
  }

  /**
   * Whether it is square, 0 where a key does not come after the query, and minus infinity
   * elsewhere.
   */
  static boolean isCausal(Value mask, Rewriting graph) {
    if (!mask.tensorType().dim(-1).sameAs(mask.tensorType().dim(-2))) {
      return false;
    }
    Optional<DenseTensor> constant = graph.constant(mask);
    if (constant.isEmpty()) {
      return isUpper(mask, graph)
          && graph
              .maker(mask, Trilu.class)
              .filter(node -> isAll(node.inputs().getFirst(), Double.NEGATIVE_INFINITY, graph))
              .filter(node -> node.inputs().size() == 2)
              .flatMap(node -> graph.constant(node.inputs().get(1)))
              .filter(k -> k.longAt(0) == 1)
              .isPresent();
    }
    DenseTensor tensor = constant.get();
    int keys = Math.toIntExact(tensor.shape().dim(-1).fixed());
    boolean causal = tensor.elements() == (long) keys * keys;
    for (int i = 0; causal && i < tensor.elements(); i++) {
      Cancellation.pollAt(i);
      causal = tensor.floatAt(i) == (i % keys > i / keys ? Float.NEGATIVE_INFINITY : 0);
    }
    return causal;
  }

  private static boolean isAll(Value value, double wanted, Rewriting graph) {
    Value source =
        graph.maker(value, Expand.class).map(node -> node.inputs().getFirst()).orElse(value);
    return graph
        .constant(source)
        .filter(tensor -> tensor.elements() == 1 && tensor.doubleAt(0) == wanted)
        .isPresent();
  }

  /** Whether each query is sure to see a key. */
  static boolean showsSomething(Value mask, Rewriting graph) {
    Optional<DenseTensor> constant = graph.constant(mask);
    return constant.isPresent()
        ? everyRowShows(constant.get())
        : isUpper(mask, graph) || bound(mask, graph, MOST_STEPS) <= Float.MAX_VALUE;
  }

  /** Whether all of the first column is set to 0. */
  private static boolean isUpper(Value mask, Rewriting graph) {
    return graph
        .maker(mask, Trilu.class)
        .filter(node -> ((Trilu) node.op()).upper() && node.inputs().size() == 2)
        .flatMap(node -> graph.constant(node.inputs().get(1)))
        .filter(k -> k.elements() == 1 && k.longAt(0) >= 1)
        .isPresent();
  }

  private static boolean everyRowShows(DenseTensor mask) {
    long keys = mask.shape().dim(-1).fixed();
    boolean shows = true;
    boolean some = true;
    for (long i = 0; shows && i < mask.elements(); i++) {
      Cancellation.pollAt(i);
      some = (i % keys != 0 && some) || mask.floatAt(i) != Float.NEGATIVE_INFINITY;
      shows = some || i % keys != keys - 1;
    }
    return shows;
  }

  /** What no element is further from 0 than; infinite where that is not known. */
  private static double bound(Value value, Rewriting graph, int steps) {
    Optional<DenseTensor> constant = graph.constant(value);
    if (constant.isPresent()) {
      return bound(constant.get());
    }
    Optional<Node> maker = graph.maker(value, Op.class);
    if (steps == 0 || maker.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    List<Value> inputs = maker.get().inputs();
    return switch (maker.get().op()) {
      case Cast _ -> bound(inputs.getFirst().tensorType().dtype());
      case Where _ ->
          Math.max(bound(inputs.get(1), graph, steps - 1), bound(inputs.get(2), graph, steps - 1));
      case BinaryOp.Mul _ ->
          bound(inputs.get(0), graph, steps - 1) * bound(inputs.get(1), graph, steps - 1);
      case BinaryOp.Add _, BinaryOp.Sub _ ->
          bound(inputs.get(0), graph, steps - 1) + bound(inputs.get(1), graph, steps - 1);
      case AxesOp _, Reshape _, Expand _, Slice _, Transpose _, Trilu _ ->
          bound(inputs.getFirst(), graph, steps - 1);
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static double bound(DType type) {
    return switch (type) {
      case BOOL -> 1;
      case INT32, INT64 -> 0x1p63;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static double bound(DenseTensor tensor) {
    if (tensor.dtype() != DType.FLOAT32) {
      return Double.POSITIVE_INFINITY;
    }
    double most = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      Cancellation.pollAt(i);
      double size = Math.abs(tensor.floatAt(i));
      most = size <= most ? most : Double.isNaN(size) ? Double.POSITIVE_INFINITY : size;
    }
    return most;
  }
}
