package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/** The part of {@link Functional} that moves elements. */
abstract sealed class ShapingFunctions extends PoolingFunctions permits Functional {
  ShapingFunctions() {}

  /** The dims from start to end, both included, made one. */
  public static Tensor flatten(Tensor x, int startDim, int endDim) {
    return x.flatten(startDim, endDim);
  }

  /** All dims made one. */
  public static Tensor flatten(Tensor x) {
    return flatten(x, 0, -1);
  }
}
