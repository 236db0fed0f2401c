package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Normalisations by statistics of their own as sums and arithmetic, in float32 and float64. */
final class StatisticsExpansions {
  /** Each is an element of two constants. */
  private static final int MOST_GROUPS = 1 << 16;

  private StatisticsExpansions() {}

  static boolean expand(OwnStatisticsOp op, Node node, Parts parts) {
    var x = (TensorType) node.inputs().getFirst().type();
    boolean whole = x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64;
    if (!whole || !x.shape().isKnown()) {
      return false;
    }
    return switch (op) {
      case OwnStatisticsOp.LayerNormalization(int axis, float epsilon) ->
          rows(x, axis, epsilon, true, parts);
      case OwnStatisticsOp.RMSNormalization(int axis, float epsilon) ->
          rows(x, axis, epsilon, false, parts);
      case OwnStatisticsOp.GroupNormalization(int groups, float epsilon)
          when groups <= MOST_GROUPS ->
          groups(x.rank(), groups, epsilon, parts);
      default -> false;
    };
  }

  private static boolean rows(
      TensorType type, int axis, float epsilon, boolean centred, Parts parts) {
    int first = axis < 0 ? axis + type.rank() : axis;
    List<Dim> dims = type.shape().dims().subList(first, type.rank());
    boolean statistics = parts.hasOutput(1) || parts.hasOutput(2); // which are float32
    if (!dims.stream().allMatch(Dim::isFixed) || statistics && type.dtype() != DType.FLOAT32) {
      return false;
    }
    Value axes = parts.vector(LongStream.range(first, type.rank()).toArray());
    Value count =
        parts.number(
            dims.stream().mapToDouble(dim -> (double) dim.fixed()).reduce(1, (a, b) -> a * b));
    Value x = parts.input(0);
    if (centred) {
      Value mean = mean(x, axes, count, parts);
      parts.also(1, new UnaryOp.Identity(), mean);
      x = parts.add(new BinaryOp.Sub(), x, mean);
    }
    Value variance = mean(parts.add(new BinaryOp.Mul(), x, x), axes, count, parts);
    Value sum = parts.add(new BinaryOp.Add(), variance, parts.number(epsilon));
    Value deviation = parts.add(new UnaryOp.Sqrt(), sum);
    parts.also(2, new UnaryOp.Reciprocal(), deviation);
    Value unit = parts.add(new BinaryOp.Div(), x, deviation);
    if (parts.input(2).isPresent()) {
      Value scaled = parts.add(new BinaryOp.Mul(), unit, parts.input(1));
      parts.last(new BinaryOp.Add(), scaled, parts.input(2));
    } else {
      parts.last(new BinaryOp.Mul(), unit, parts.input(1));
    }
    return true;
  }

  private static Value mean(Value x, Value axes, Value count, Parts parts) {
    Value sum = parts.add(new ReductionOp.Reduce(Reduction.SUM, true), x, axes);
    return parts.add(new BinaryOp.Div(), sum, count);
  }

  /** Groups become channels of an InstanceNormalization; scale and bias follow it. */
  private static boolean groups(int rank, int groups, float epsilon, Parts parts) {
    float[] ones = new float[groups];
    Arrays.fill(ones, 1);
    Value one = parts.constant("ones", Tensor.of(ones, groups).dense().convert(parts.dtype()));
    Value zero =
        parts.constant(
            "zeros", Tensor.of(new float[groups], groups).dense().convert(parts.dtype()));
    Value x = parts.input(0);
    Value shape = parts.add(new ShapeOf(), x);
    Value rows = parts.add(new Reshape(false), x, parts.vector(0, groups, -1));
    Value unit = parts.add(new OwnStatisticsOp.InstanceNormalization(epsilon), rows, one, zero);
    Value back = parts.add(new Reshape(false), unit, shape);
    long[] channels = new long[rank - 1];
    Arrays.fill(channels, 1);
    channels[0] = -1;
    Value perChannel = parts.vector(channels);
    Value scale = parts.add(new Reshape(false), parts.input(1), perChannel);
    Value bias = parts.add(new Reshape(false), parts.input(2), perChannel);
    parts.last(new BinaryOp.Add(), parts.add(new BinaryOp.Mul(), back, scale), bias);
    return true;
  }
}
