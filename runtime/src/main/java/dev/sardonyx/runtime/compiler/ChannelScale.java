package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A batch normalisation as one factor and one summand per channel. In double, and rounded once
 * where it becomes a tensor.
 */
final class ChannelScale {
  private final double[] factors;
  private final double[] summands;
  private final boolean plain;

  private ChannelScale(double[] factors, double[] summands, boolean plain) {
    this.factors = factors;
    this.summands = summands;
    this.plain = plain;
  }

  /** The scale of a node, if its four statistics are float32 constants. */
  static Optional<ChannelScale> of(BatchNormalization op, Node node, Rewriting graph) {
    double[][] given = new double[4][];
    for (int i = 0; i < 4; i++) {
      Optional<DenseTensor> tensor = graph.constant(node.inputs().get(i + 1));
      if (tensor.isEmpty() || tensor.get().dtype() != DType.FLOAT32) {
        return Optional.empty();
      }
      given[i] = doubles(tensor.get());
    }
    double[] scale = given[0];
    double[] shift = given[1];
    double[] mean = given[2];
    double[] variance = given[3];
    double[] factors = new double[scale.length];
    double[] summands = new double[scale.length];
    for (int c = 0; c < scale.length; c++) {
      factors[c] = scale[c] / Math.sqrt(variance[c] + op.epsilon());
      summands[c] = shift[c] - mean[c] * factors[c];
    }
    boolean plain =
        op.epsilon() == 0
            && DoubleStream.of(mean).allMatch(value -> value == 0)
            && DoubleStream.of(variance).allMatch(value -> value == 1);
    return Optional.of(new ChannelScale(factors, summands, plain));
  }

  /** What an operator does with a float32 constant, of one element for each channel or for all. */
  static Optional<ChannelScale> of(BinaryOp op, DenseTensor constant, int channels) {
    double[] factors = new double[channels];
    double[] summands = new double[channels];
    boolean divides = true;
    for (int c = 0; c < channels; c++) {
      double value = constant.floatAt(constant.elements() == 1 ? 0 : c);
      factors[c] =
          switch (op) {
            case BinaryOp.Mul _ -> value;
            case BinaryOp.Div _ -> 1 / value;
            default -> 1;
          };
      summands[c] =
          switch (op) {
            case BinaryOp.Add _ -> value;
            case BinaryOp.Sub _ -> -value;
            default -> 0;
          };
      divides &= value != 0;
    }
    boolean known =
        switch (op) {
          case BinaryOp.Mul _, BinaryOp.Add _, BinaryOp.Sub _ -> true;
          case BinaryOp.Div _ -> divides;
          default -> false;
        };
    return known ? Optional.of(new ChannelScale(factors, summands, false)) : Optional.empty();
  }

  private static double[] doubles(DenseTensor tensor) {
    float[] values = tensor.floats();
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  /** Whether the statistics change nothing but by scale and shift as given. */
  boolean isPlain() {
    return plain;
  }

  /** Whether nothing is multiplied. */
  boolean isShift() {
    return DoubleStream.of(factors).allMatch(factor -> factor == 1);
  }

  int channels() {
    return factors.length;
  }

  DenseTensor factors() {
    return tensor(factors);
  }

  DenseTensor summands() {
    return tensor(summands);
  }

  DenseTensor repeated(double value) {
    double[] result = new double[factors.length];
    Arrays.fill(result, value);
    return tensor(result);
  }

  /** What a channel is multiplied by. */
  double factor(int channel) {
    return factors[channel];
  }

  /** The bias of a product, of which a share counts, scaled and shifted. */
  DenseTensor bias(Optional<DenseTensor> bias, double share) {
    double[] result = summands.clone();
    for (int c = 0; c < result.length && bias.isPresent(); c++) {
      result[c] += bias.get().floatAt(c) * share * factors[c];
    }
    return tensor(result);
  }

  private static DenseTensor tensor(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return Tensor.of(rounded, rounded.length).dense();
  }
}
