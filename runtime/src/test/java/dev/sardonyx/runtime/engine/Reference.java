package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Operators written straight from their definitions, in double: what the engine must agree with.
 */
final class Reference {
  private Reference() {}

  /** A tensor whose element at each index is computed on its own. */
  static Tensor build(long[] sizes, ToDoubleFunction<long[]> element) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) element.applyAsDouble(index(i, sizes));
    }
    return Tensor.of(values, sizes);
  }

  private static long[] index(long flat, long[] sizes) {
    long[] result = new long[sizes.length];
    long rest = flat;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return result;
  }

  /** The element at an index that may have more axes in front, or meet dims of size 1. */
  static double at(Tensor tensor, long... index) {
    DenseTensor dense = tensor.dense();
    long[] sizes = dense.shape().sizes();
    long flat = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      long i = index[index.length - sizes.length + axis];
      flat = flat * sizes[axis] + (sizes[axis] == 1 ? 0 : i);
    }
    return dense.doubleAt(flat);
  }

  static Tensor binary(Tensor a, Tensor b, DoubleBinaryOperator function) {
    long[] sizes = a.shape().broadcast(b.shape()).sizes();
    return build(sizes, i -> function.applyAsDouble(at(a, i), at(b, i)));
  }

  /** (..., M, K) x (..., K, N), operands of rank 2 or more. */
  static Tensor product(Tensor a, Tensor b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] left = lead(a, rank);
    long[] right = lead(b, rank);
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank - 2; axis++) {
      sizes[axis] = Math.max(left[axis], right[axis]);
    }
    sizes[rank - 2] = left[rank - 2];
    sizes[rank - 1] = right[rank - 1];
    long k = left[rank - 1];
    return build(
        sizes,
        i -> {
          double sum = 0;
          for (long j = 0; j < k; j++) {
            long[] row = i.clone();
            long[] column = i.clone();
            row[rank - 1] = j;
            column[rank - 2] = j;
            sum += at(a, row) * at(b, column);
          }
          return sum;
        });
  }

  private static long[] lead(Tensor tensor, int rank) {
    long[] result = new long[rank];
    Arrays.fill(result, 1);
    long[] sizes = tensor.shape().sizes();
    System.arraycopy(sizes, 0, result, rank - sizes.length, sizes.length);
    return result;
  }

  static Tensor transpose(Tensor x, int... order) {
    long[] sizes = Arrays.stream(order).mapToLong(axis -> x.shape().sizes()[axis]).toArray();
    return build(
        sizes,
        i -> {
          long[] from = new long[order.length];
          for (int axis = 0; axis < order.length; axis++) {
            from[order[axis]] = i[axis];
          }
          return at(x, from);
        });
  }

  /** Convolution of (N, C, H, W) for explicit pads top, left, bottom, right. */
  static Tensor convolution(
      Tensor x, Tensor w, double[] bias, Window window, List<Integer> pads, int groups, long[] y) {
    long[] in = x.shape().sizes();
    long[] kernel = w.shape().sizes();
    long perGroup = kernel[0] / groups;
    return build(
        y,
        i -> {
          double sum = bias.length == 0 ? 0 : bias[(int) i[1]];
          for (long c = 0; c < kernel[1]; c++) {
            for (long p = 0; p < kernel[2]; p++) {
              for (long q = 0; q < kernel[3]; q++) {
                long row = i[2] * window.strides().get(0) + p * window.dilations().get(0);
                long column = i[3] * window.strides().get(1) + q * window.dilations().get(1);
                row -= pads.get(0);
                column -= pads.get(1);
                if (row >= 0 && row < in[2] && column >= 0 && column < in[3]) {
                  long channel = i[1] / perGroup * kernel[1] + c;
                  sum += at(x, i[0], channel, row, column) * at(w, i[1], c, p, q);
                }
              }
            }
          }
          return sum;
        });
  }
}
