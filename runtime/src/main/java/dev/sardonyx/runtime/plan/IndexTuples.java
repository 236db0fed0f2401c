package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/** Places in a tensor that tuples of indices of its leading axes name. */
final class IndexTuples {
  private static final Elements INTEGERS = new Elements(DType.INT64);

  private final String operator;
  private final long[] sizes;
  private final long[] strides;
  private final int first;
  private final int length;

  /**
   * Tuples for axes of a tensor.
   *
   * @param first the first axis that they name
   * @param length how many they name
   */
  IndexTuples(String operator, long[] sizes, int first, int length) {
    this.operator = operator;
    this.sizes = sizes;
    this.strides = LoopNest.strides(sizes);
    this.first = first;
    this.length = length;
  }

  /** The elements behind each place. */
  long slice() {
    return Sizes.product(sizes, first + length, sizes.length);
  }

  /** The place that a tuple names, in elements. Errors: ARGUMENT for an index outside. */
  long place(MemorySegment indices, long tuple) {
    long place = 0;
    for (int i = 0; i < length; i++) {
      int axis = first + i;
      long index = INTEGERS.integer(indices, tuple * length + i);
      place += GatherRoutines.fromFront(operator, index, sizes[axis], axis) * strides[axis];
    }
    return place;
  }
}
