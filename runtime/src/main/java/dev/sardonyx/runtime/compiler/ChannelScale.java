package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
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
  static Optional<ChannelScale> of(
      BatchNormalization op, Node node, Map<String, DenseTensor> constants) {
    double[][] given = new double[4][];
    for (int i = 0; i < 4; i++) {
      DenseTensor tensor = constants.get(node.inputs().get(i + 1).name());
      if (tensor == null || tensor.dtype() != DType.FLOAT32) {
        return Optional.empty();
      }
      given[i] = doubles(tensor);
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

  /** The weights of a convolution, (outChannels, ...), scaled per output channel. */
  DenseTensor weights(DenseTensor weights) {
    long n = weights.elements();
    long each = factors.length == 0 ? 0 : n / factors.length;
    MemorySegment scaled = DenseTensor.allocate(DType.FLOAT32, weights.shape());
    for (long i = 0; i < n; i++) {
      float value = (float) (weights.floatAt(i) * factors[(int) (i / each)]);
      scaled.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return DenseTensor.view(DType.FLOAT32, weights.shape(), scaled);
  }

  /** The bias of a convolution, scaled and shifted. */
  DenseTensor bias(Optional<DenseTensor> bias) {
    double[] result = summands.clone();
    for (int c = 0; c < result.length && bias.isPresent(); c++) {
      result[c] += bias.get().floatAt(c) * factors[c];
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
