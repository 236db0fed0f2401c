package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The mean over axes: reduced axes are brought to the end, then rows are averaged. */
final class MeanRoutine {
  private MeanRoutine() {}

  static Routine of(Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    Set<Integer> reduced = reducedAxes(call, sizes.length);
    int[] order =
        IntStream.concat(
                IntStream.range(0, sizes.length).filter(axis -> !reduced.contains(axis)),
                reduced.stream().mapToInt(axis -> axis))
            .toArray();
    long columns = reduced.stream().mapToLong(axis -> sizes[axis]).reduce(1, Sizes::multiply);
    long rows = Sizes.product(call.outputSizes());
    boolean ordered = isOrdered(order, sizes);
    LoopNest nest = LoopNest.permuted(sizes, order);
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var y = buffers.output();
              var rowsInOrder = ordered ? x : buffers.scratch();
              return () -> {
                if (!ordered) {
                  StridedCopy.run(nest, Float.BYTES, x, rowsInOrder);
                }
                kernels.meanRows(rowsInOrder, y, rows, columns);
              };
            })
        .withScratch(ordered ? 0 : Sizes.floatBytes(Sizes.product(sizes)));
  }

  private static Set<Integer> reducedAxes(Call call, int rank) {
    if (!call.has(1) || Sizes.product(call.sizes(1)) == 0) {
      return IntStream.range(0, rank).boxed().collect(Collectors.toCollection(TreeSet::new));
    }
    DenseTensor axes =
        call.input(1)
            .constant()
            .orElseThrow(
                () ->
                    new SardonyxException(
                        ErrorCode.UNSUPPORTED,
                        "the native engine needs constant axes for " + call.op().name()));
    return LongStream.range(0, axes.elements())
        .mapToObj(i -> call.input(0).type().shape().axis((int) axes.doubleAt(i)))
        .collect(Collectors.toCollection(TreeSet::new));
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
}
