package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.Arrays;
import java.util.List;

/** How alike a row and each of the vectors of a machine are. */
final class VectorKernel {
  private enum Type {
    LINEAR,
    POLY,
    RBF,
    SIGMOID
  }

  private final String operator;
  private final Type type;
  private final float gamma;
  private final float offset;
  private final float degree;
  private final float[] data;
  private final int columns;
  private final int vectors;
  private long left = Cancellation.EVERY;

  private VectorKernel(String operator, Type type, List<Float> numbers, float[] data, int columns) {
    this.operator = operator;
    this.type = type;
    gamma = numbers.get(0);
    offset = numbers.get(1);
    degree = numbers.get(2);
    this.data = data;
    this.columns = columns;
    vectors = columns == 0 ? 0 : data.length / columns;
  }

  /** Errors: ARGUMENT for a kernel that is none, numbers that are not 3; SHAPE for part vectors. */
  static VectorKernel of(MlOp op, float[] data, int columns, boolean linear) {
    String name = op.attributes().string("kernel_type", "LINEAR");
    Type type =
        Arrays.stream(Type.values())
            .filter(value -> value.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.ARGUMENT, op.name() + ": kernel_type cannot be '" + name + "'"));
    List<Float> numbers = op.attributes().floats("kernel_params");
    if (!numbers.isEmpty() && numbers.size() != 3) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          op.name() + ": kernel_params must be gamma, coef0 and degree, found " + numbers);
    }
    List<Float> given = numbers.isEmpty() ? List.of(0f, 0f, 0f) : numbers;
    return new VectorKernel(op.name(), linear ? Type.LINEAR : type, given, data, columns);
  }

  int vectors() {
    return vectors;
  }

  /** Errors: SHAPE unless there are so many vectors of the width of the rows. */
  void requireVectors(long expected) {
    if (columns == 0 || vectors != expected || data.length % columns != 0) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          "%s: %d vectors of %d columns, found %d numbers"
              .formatted(operator, expected, columns, data.length));
    }
  }

  void apply(float[] row, float[] to) {
    for (int i = 0; i < vectors; i++) {
      left = Cancellation.spend(left, 1L + columns);
      to[i] = (float) (type == Type.RBF ? Math.exp(-gamma * distance(row, i)) : product(row, i));
    }
  }

  private double product(float[] row, int vector) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += (double) row[c] * data[vector * columns + c];
    }
    return switch (type) {
      case LINEAR, RBF -> sum;
      case POLY -> Math.pow(gamma * sum + offset, degree);
      case SIGMOID -> Math.tanh(gamma * sum + offset);
    };
  }

  /** The square of the distance. */
  private double distance(float[] row, int vector) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double difference = row[c] - data[vector * columns + c];
      sum += difference * difference;
    }
    return sum;
  }
}
