package dev.sardonyx.runtime.quantize;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;

/**
 * The floats that a value takes, zero among them, and the numbers of 8 bits that stand for them.
 */
record Range(float least, float most) {
  private static final int STEPS = 255;

  static Range of(DenseTensor values) {
    float least = 0;
    float most = 0;
    for (float value : values.floats()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new Range(least, most);
  }

  float scale() {
    return most > least ? (most - least) / STEPS : 1;
  }

  /** The number that stands for zero, uint8. */
  DenseTensor zero() {
    return Tensor.scalar((float) Math.rint(-least / scale())).dense().convert(DType.UINT8);
  }
}
