package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/**
 * Means over windows whose size follows from the output's. Output i of o covers the input from
 * floor(i * n / o) up to ceil((i + 1) * n / o): windows differ in size and overlap where o does not
 * divide n. Source: torch adaptive_avg_pool2d.
 */
final class AdaptivePooling {
  private static final String NAME = "adaptive_avg_pool2d";

  private AdaptivePooling() {}

  static Tensor average(Tensor x, IntPair output) {
    if (output.isBoth(1)) {
      return Pooling.batched(
          NAME, x, batch -> Operations.apply(new PoolOp.GlobalAveragePool(), batch));
    }
    Arguments.requireShape(NAME, x, "N, C, H, W", "C, H, W");
    int height = fixed(x, -2, output);
    int width = fixed(x, -1, output);
    boolean divisible =
        height > 0 && width > 0 && height % output.height() == 0 && width % output.width() == 0;
    if (divisible) {
      IntPair kernel = IntPair.of(height / output.height(), width / output.width());
      return Pooling.average(x, kernel, AvgPoolOptions.defaults().countIncludePad(false));
    }
    // A window's mean is the mean over its rows of the means over its columns: two products.
    Tensor columns = x.matmul(matrix(x.dtype(), width, output.width(), false));
    return matrix(x.dtype(), height, output.height(), true).matmul(columns);
  }

  private static int fixed(Tensor x, int axis, IntPair output) {
    if (!x.size(axis).isFixed()) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          NAME
              + " to "
              + output.asTuple()
              + " expects known spatial dims, found "
              + x.type()
              + "; give the input fixed dims, or pool to (1, 1)");
    }
    return Math.toIntExact(x.size(axis).fixed());
  }

  /** The weights of the means: [size, outputs], or the transpose. */
  private static Tensor matrix(DType dtype, int size, int outputs, boolean transposed) {
    double[] weights = new double[Math.multiplyExact(size, outputs)];
    for (int i = 0; i < outputs; i++) {
      int start = (int) Math.floorDiv((long) i * size, (long) outputs);
      int end = (int) Math.ceilDiv((i + 1L) * size, (long) outputs);
      for (int j = start; j < end; j++) {
        weights[transposed ? i * size + j : j * outputs + i] = 1.0 / (end - start);
      }
    }
    long[] dims = transposed ? new long[] {outputs, size} : new long[] {size, outputs};
    return dtype == DType.FLOAT64 ? Tensor.of(weights, dims) : Tensor.of(floats(weights), dims);
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
