package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How large what a value was made of is, where it cancels: the root mean square that rounding is
 * relative to. The mean of a tensor whose true mean is 0 is all rounding, of the tensor's own size;
 * compared relative to itself, it never agrees with another's.
 *
 * <p>Nodes are added in the graph's order, with a reference's values; what is kept is one number
 * for each value. Cancelling is followed through sums, products and what moves elements. Anything
 * else is taken at its own size, and so is a value that is not tiny beside what it was made of.
 */
public final class Magnitudes {
  /** A value has cancelled when it is less than this part of what it was made of. */
  private static final double CANCELLED = 1.0 / 128;

  private final Map<String, Double> own = new HashMap<>();
  private final Map<String, Double> carried = new HashMap<>();

  /**
   * Takes a node's inputs and outputs.
   *
   * @param known the values by name, this node's at least; one that is missing counts as 0
   */
  public void add(Node node, Map<String, Data> known) {
    for (Value input : node.inputs()) {
      own.computeIfAbsent(input.name(), name -> rms(known.get(name)));
    }
    for (Value output : node.outputs()) {
      double size = rms(known.get(output.name()));
      own.put(output.name(), size);
      double past =
          isMoved(node)
              ? first(node, value -> of(value.name()))
              : made(node, output, known, this::carried);
      if (size < CANCELLED * past) {
        carried.put(output.name(), past);
      }
    }
  }

  /** What a value was made of through all its past; 0 where nothing has cancelled. */
  public double of(String value) {
    return carried.getOrDefault(value, 0.0);
  }

  /** What a node makes its output of; 0 where nothing cancels in it. The node must be added. */
  public double alone(Node node, Value output, Map<String, Data> known) {
    double made = made(node, output, known, this::own);
    return own(output) < CANCELLED * made ? made : 0;
  }

  private double own(Value value) {
    return own.getOrDefault(value.name(), 0.0);
  }

  private double carried(Value value) {
    return carried.getOrDefault(value.name(), own(value));
  }

  /** Whether elements are as they were: a few small ones of large ones have not cancelled. */
  private static boolean isMoved(Node node) {
    return switch (node.op()) {
      case LayoutOp _, Cast _, UnaryOp.Identity _, UnaryOp.Neg _, UnaryOp.Abs _ -> true;
      default -> false;
    };
  }

  /** What an output would be where nothing cancels; 0 where that is not known. */
  private static double made(
      Node node, Value output, Map<String, Data> known, ToDoubleFunction<Value> size) {
    return switch (node.op()) {
      case BinaryOp.Add _, BinaryOp.Sub _, VariadicOp _ -> largest(node, size);
      case BinaryOp.Mul _ -> product(node, size);
      case MatrixOp _ -> Math.sqrt(summed(node, known)) * product(node, size);
      case ConvolutionOp _ -> Math.sqrt(window(node, known)) * product(node, size);
      case ReductionOp.Reduce reduce -> reduced(reduce, node, known, size);
      case PoolOp.AveragePool _, PoolOp.GlobalAveragePool _, UnaryOp.Relu _ -> first(node, size);
      case OwnStatisticsOp _ when !output.name().equals(node.output().name()) ->
          first(node, size); // a mean
      case OwnStatisticsOp _ when node.inputs().size() > 1 ->
          size.applyAsDouble(node.inputs().get(1)); // what numbers of size 1 are scaled by
      default -> 0; // nothing is known to cancel
    };
  }

  private static double reduced(
      ReductionOp.Reduce reduce, Node node, Map<String, Data> known, ToDoubleFunction<Value> size) {
    double one = first(node, size);
    return switch (reduce.reduction()) {
      case SUM -> {
        double many = (double) elements(node.inputs().getFirst(), known);
        yield one * Math.sqrt(many / Math.max(1, elements(node.output(), known)));
      }
      case MEAN, MAX, MIN -> one;
      case PROD, L1, L2, LOG_SUM, LOG_SUM_EXP, SUM_SQUARE -> 0;
    };
  }

  /** How many products an element of a product of matrices is the sum of. */
  private static double summed(Node node, Map<String, Data> known) {
    if (node.inputs().size() < 2) {
      return 0;
    }
    double pairs = (double) elements(node.inputs().get(0), known);
    pairs *= elements(node.inputs().get(1), known);
    return Math.sqrt(pairs / Math.max(1, elements(node.output(), known)));
  }

  /** How many elements of the weights an output of a convolution takes. */
  private static double window(Node node, Map<String, Data> known) {
    return known.get(node.inputs().get(1).name()) instanceof Tensor weights
            && weights.shape().rank() > 0
            && weights.shape().sizes()[0] > 0
        ? weights.dense().elements() / (double) weights.shape().sizes()[0]
        : 0;
  }

  private static double first(Node node, ToDoubleFunction<Value> size) {
    return node.inputs().isEmpty() ? 0 : size.applyAsDouble(node.inputs().getFirst());
  }

  private static double largest(Node node, ToDoubleFunction<Value> size) {
    return node.inputs().stream().mapToDouble(size).max().orElse(0);
  }

  private static double product(Node node, ToDoubleFunction<Value> size) {
    return node.inputs().stream().limit(2).mapToDouble(size).reduce(1, (a, b) -> a * b);
  }

  private static long elements(Value value, Map<String, Data> known) {
    return known.get(value.name()) instanceof Tensor tensor ? tensor.dense().elements() : 0;
  }

  private static double rms(@Nullable Data data) {
    return data instanceof Tensor tensor && isReal(tensor.dtype()) ? rms(tensor.dense()) : 0;
  }

  private static boolean isReal(DType dtype) {
    return switch (dtype) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
      default -> false; // whole numbers do not round
    };
  }

  /** Of the finite elements; 0 where there is none. */
  static double rms(DenseTensor tensor) {
    double squares = 0;
    long finite = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      double value = tensor.doubleAt(i);
      if (Double.isFinite(value)) {
        squares += value * value;
        finite++;
      }
    }
    return finite == 0 ? 0 : Math.sqrt(squares / finite);
  }
}
