package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;

/** Numbers of a quantisation, which may be a step apart on both sides of what was rounded. */
record Steps(DenseTensor found, DenseTensor expected, BeforeRounding before, Tolerance tolerance) {
  /** How far from the middle between two numbers it may lie at most, whatever the tolerance. */
  private static final double MOST = 0.5;

  /** Whether elements of a type count steps. */
  static boolean counts(DType dtype) {
    return switch (dtype) {
      case UINT8, INT8, UINT16, INT16, UINT4, INT4, UINT2, INT2 -> true;
      default -> false;
    };
  }

  /**
   * Whether what was rounded lies between the two numbers, as near to the middle as it is exact.
   */
  boolean isTie(long element) {
    double one = found.doubleAt(element);
    double other = expected.doubleAt(element);
    double exact = before.at(element);
    double inexact = Math.min(MOST, tolerance.relative() * Math.max(1, Math.abs(exact)));
    return Math.abs(one - other) == 1 && Math.abs(exact - (one + other) / 2) <= inexact;
  }
}
