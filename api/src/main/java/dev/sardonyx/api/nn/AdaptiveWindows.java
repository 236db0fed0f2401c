package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.function.IntBinaryOperator;

/** The windows of an adaptive pool along one axis: so many outputs of an input of a size. */
record AdaptiveWindows(int size, int outputs) {

  /** Whether the windows are of one size and do not overlap. */
  boolean isEven() {
    return size % outputs == 0;
  }

  /** Whether each window is one element, in order. */
  boolean isWhole() {
    return size == outputs;
  }

  private int start(int output) {
    return (int) Math.floorDiv((long) output * size, (long) outputs);
  }

  private int end(int output) {
    return (int) Math.ceilDiv((output + 1L) * size, (long) outputs);
  }

  /** The elements of the longest window. */
  int longest() {
    int longest = 0;
    for (int i = 0; i < outputs; i++) {
      longest = Math.max(longest, end(i) - start(i));
    }
    return longest;
  }

  /** The elements of all windows in order; shorter windows repeat their last element. */
  long[] places() {
    int longest = longest();
    long[] result = new long[Math.multiplyExact(outputs, longest)];
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < longest; j++) {
        result[i * longest + j] = Math.min(start(i) + j, end(i) - 1);
      }
    }
    return result;
  }

  /** The weights of the means for a product from the right: [size, outputs]. */
  Tensor rightMeans(DType dtype) {
    return tensor(dtype, weights((output, place) -> place * outputs + output), size, outputs);
  }

  /** The weights of the means for a product from the left: [outputs, size]. */
  Tensor leftMeans(DType dtype) {
    return tensor(dtype, weights((output, place) -> output * size + place), outputs, size);
  }

  private double[] weights(IntBinaryOperator index) {
    double[] weights = new double[Math.multiplyExact(size, outputs)];
    for (int i = 0; i < outputs; i++) {
      for (int j = start(i); j < end(i); j++) {
        weights[index.applyAsInt(i, j)] = 1.0 / (end(i) - start(i));
      }
    }
    return weights;
  }

  private static Tensor tensor(DType dtype, double[] values, long... sizes) {
    return dtype == DType.FLOAT64 ? Tensor.of(values, sizes) : Tensor.of(floats(values), sizes);
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
