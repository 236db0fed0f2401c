package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.GatherElements;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Elements taken at indices that come with each run. */
final class GatherRoutines {
  /** What an element costs that is looked up: some copies of one. */
  private static final int COST = 4;

  private GatherRoutines() {}

  static Routine gather(Gather op, Call call) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    long outer = Sizes.product(sizes, 0, axis);
    long extent = sizes[axis];
    long slice = Sizes.multiply(Sizes.product(sizes, axis + 1, sizes.length), call.elementBytes());
    long count = Sizes.product(call.sizes(1));
    var integers = new Elements(call.input(1).dtype());
    return Routine.of(
        buffers -> {
          var data = buffers.input(0);
          var indices = buffers.input(1);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long i = 0; i < count; i++) {
              long from = fromFront("Gather", integers.integer(indices, i), extent, axis);
              for (long o = 0; o < outer; o++) {
                left = Cancellation.spend(left, 1 + slice / 8);
                long source = (o * extent + from) * slice;
                MemorySegment.copy(data, source, y, (o * count + i) * slice, slice);
              }
            }
          };
        });
  }

  static Routine elements(GatherElements op, Call call) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    int bytes = call.elementBytes();
    var integers = new Elements(call.input(1).dtype());
    long[] strides = LoopNest.strides(sizes);
    long along = strides[axis];
    strides[axis] = 0;
    LoopNest nest = LoopNest.of(call.outputSizes(), strides);
    return Routine.of(
        buffers -> {
          var data = buffers.input(0);
          var indices = buffers.input(1);
          var y = buffers.output();
          LoopNest.Run run =
              (a, step, b, bStep, at, n) -> {
                for (long i = 0; i < n; i++) {
                  long index = integers.integer(indices, at + i);
                  long from = fromFront("GatherElements", index, sizes[axis], axis);
                  long source = (a + i * step + from * along) * bytes;
                  MemorySegment.copy(data, source, y, (at + i) * bytes, bytes);
                }
              };
          return nest.shared(buffers.team(), run, COST);
        });
  }

  /** Errors: ARGUMENT for an index outside of what is there. */
  static long fromFront(String operator, long index, long extent, int axis) {
    long from = index < 0 ? index + extent : index;
    if (from < 0 || from >= extent) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "%s: index %d is outside [%d, %d] of axis %d"
              .formatted(operator, index, -extent, extent - 1, axis));
    }
    return from;
  }
}
