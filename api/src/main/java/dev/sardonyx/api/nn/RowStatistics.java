package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
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
    boolean fits = x.rank() >= shape.size();
    for (int axis = 1; fits && axis <= shape.size(); axis++) {
      fits = !x.size(-axis).differsFrom(Dim.of(shape.get(shape.size() - axis)));
    }
    if (!fits) {
      String sizes = shape.toString().substring(1);
      throw new SardonyxException(
          ErrorCode.SHAPE, layer + " expects [..., " + sizes + ", found " + x.type());
    }
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
