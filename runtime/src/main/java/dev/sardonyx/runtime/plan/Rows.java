package dev.sardonyx.runtime.plan;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor as rows: the axes that are reduced are brought to the end, where they are not. */
record Rows(long rows, long columns, int elementBytes, boolean ordered, LoopNest nest) {

  static Rows of(long[] sizes, List<Integer> reduced, int elementBytes) {
    int[] order =
        IntStream.concat(
                IntStream.range(0, sizes.length).filter(axis -> !reduced.contains(axis)),
                reduced.stream().mapToInt(Integer::intValue).sorted())
            .toArray();
    int kept = sizes.length - reduced.size();
    long[] moved = IntStream.of(order).mapToLong(axis -> sizes[axis]).toArray();
    return new Rows(
        Sizes.product(moved, 0, kept),
        Sizes.product(moved, kept, moved.length),
        elementBytes,
        isOrdered(order, sizes),
        LoopNest.permuted(sizes, order));
  }

  /** Whether an order moves nothing; axes of size 1 may go anywhere. */
  private static boolean isOrdered(int[] order, long[] sizes) {
    int last = -1;
    for (int axis : order) {
      if (sizes[axis] != 1) {
        if (axis < last) {
          return false;
        }
        last = axis;
      }
    }
    return true;
  }

  /** What a routine on rows needs to bring them together. */
  long scratchBytes() {
    return ordered ? 0 : Sizes.multiply(Sizes.multiply(rows, columns), elementBytes);
  }

  /** Where the rows lie once {@link #gathering} has run. */
  MemorySegment place(Buffers buffers) {
    return ordered ? buffers.input(0) : buffers.scratch();
  }

  /** Brings the rows together. */
  Step gathering(Buffers buffers) {
    return ordered
        ? () -> {}
        : StridedCopy.step(
            nest, elementBytes, buffers.input(0), 0, buffers.scratch(), buffers.team());
  }
}
