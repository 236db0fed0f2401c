package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;

/** Axes that methods of tensors are given. */
final class Axes {
  private Axes() {}

  /** An axis counted from the front. Errors: SHAPE, naming the method, outside the rank. */
  static int of(String method, Tensor x, int axis) {
    try {
      return x.shape().axis(axis);
    } catch (SardonyxException outside) {
      throw outside.mismatch().map(details -> ours(method, x, outside, details)).orElse(outside);
    }
  }

  /** The same; one that counts from the end stays where the rank is not known, as operators do. */
  static int orEnd(String method, Tensor x, int axis) {
    return x.shape().isKnown() ? of(method, x, axis) : axis;
  }

  private static SardonyxException ours(
      String method, Tensor x, SardonyxException outside, Mismatch details) {
    return details.withOwner(method).withType(x.type()).error(method + ": " + outside.reason());
  }
}
