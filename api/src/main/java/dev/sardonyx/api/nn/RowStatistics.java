package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Normalising the last dims by their own statistics. */
final class RowStatistics {
  private RowStatistics() {}

  static void requireEnd(String layer, Tensor x, List<Integer> shape) {
    String expected = "[..., " + shape.toString().substring(1);
    String words = layer + " expects " + expected + ", found " + x.type();
    if (x.shape().isKnown() && x.rank() < shape.size()) {
      throw Arguments.rankError(layer, expected, x, words);
    }
    for (int axis = 1; axis <= shape.size(); axis++) {
      if (x.size(-axis).differsFrom(Dim.of(shape.get(shape.size() - axis)))) {
        throw endError(layer, shape, x, words);
      }
    }
  }

  private static SardonyxException endError(
      String layer, List<Integer> shape, Tensor x, String words) {
    if (shape.size() == 1) {
      int axis = x.rank() - 1;
      return Arguments.sizeError(layer, "NormalizedShape", shape.getFirst(), x, axis, words);
    }
    List<Dim> end = x.shape().dims().subList(x.rank() - shape.size(), x.rank());
    return Mismatch.of("NormalizedShape", layer, shape, end)
        .withArgument("normalizedShape")
        .withType(x.type())
        .error(words + ", which ends in " + end + ", not normalizedShape = " + shape);
  }

  static Tensor layer(
      Tensor x, List<Integer> shape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    requireEnd("layer_norm", x, shape);
    List<Optional<Tensor>> inputs = new ArrayList<>();
    inputs.add(Optional.of(x));
    inputs.add(Optional.of(weight == null ? Tensor.ones(sizes(shape)) : weight));
    if (bias != null) {
      inputs.add(Optional.of(bias));
    }
    var op = new OwnStatisticsOp.LayerNormalization(-shape.size(), (float) eps);
    return Operations.applyAll(op, inputs, 1).getFirst();
  }

  /**
   * Said in older operators: RMSNormalization came with opset 23, which a file for opset 21, our
   * default, does not have.
   */
  static Tensor rms(Tensor x, List<Integer> shape, @Nullable Tensor weight, OptionalDouble eps) {
    requireEnd("rms_norm", x, shape);
    int[] axes = IntStream.range(-shape.size(), 0).toArray();
    Tensor square = x.mul(x).mean(true, axes);
    Tensor y = x.div(square.add(eps.orElse(Math.ulp(1f))).sqrt());
    return weight == null ? y : y.mul(weight);
  }

  private static long[] sizes(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }
}
