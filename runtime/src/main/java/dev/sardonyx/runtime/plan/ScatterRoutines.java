package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.ScatterReduction;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Updates put into a copy of the data, one after the other. */
final class ScatterRoutines {
  private ScatterRoutines() {}

  /** Puts n elements of the updates from one place on into y from another on. */
  @FunctionalInterface
  private interface Put {
    void apply(MemorySegment updates, long from, MemorySegment y, long at, long n);
  }

  static Routine elements(ScatterElements op, Call call) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    var integers = new Elements(call.input(1).dtype());
    Put put = put(op.reduction(), call.input(0).dtype());
    long[] strides = LoopNest.strides(sizes);
    long along = strides[axis];
    strides[axis] = 0;
    LoopNest nest = LoopNest.of(call.sizes(1), strides);
    boolean none = Sizes.product(call.sizes(1)) == 0;
    return scattered(
        buffers -> {
          var indices = buffers.input(1);
          var updates = buffers.input(2);
          var y = buffers.output();
          LoopNest.Run run =
              (a, step, b, bStep, at, n) -> {
                for (long i = 0; i < n; i++) {
                  long index = integers.integer(indices, at + i);
                  long to = GatherRoutines.fromFront(op.name(), index, sizes[axis], axis);
                  put.apply(updates, at + i, y, a + i * step + to * along, 1);
                }
              };
          return none ? () -> {} : () -> nest.forEach(run);
        });
  }

  static Routine tuples(ScatterND op, Call call) {
    long[] sizes = call.sizes(0);
    long[] indexSizes = call.sizes(1);
    int last = indexSizes.length - 1;
    var tuples = new IndexTuples(op.name(), sizes, 0, (int) indexSizes[last]);
    long count = Sizes.product(indexSizes, 0, last);
    long slice = tuples.slice();
    Put put = put(op.reduction(), call.input(0).dtype());
    return scattered(
        buffers -> {
          var indices = buffers.input(1);
          var updates = buffers.input(2);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long tuple = 0; tuple < count; tuple++) {
              left = Cancellation.spend(left, 1 + slice);
              put.apply(updates, tuple * slice, y, tuples.place(indices, tuple), slice);
            }
          };
        });
  }

  /** The data is there first; its buffer may be the output's. */
  private static Routine scattered(Routine.Binder updates) {
    return Routine.of(
            buffers -> {
              var data = buffers.input(0);
              var y = buffers.output();
              Step update = updates.bind(buffers);
              return () -> {
                Memory.copy(data, y);
                update.run();
              };
            })
        .withInPlace(Set.of(0));
  }

  private static Put put(ScatterReduction reduction, DType type) {
    int bytes = type.bits() / 8;
    return switch (reduction) {
      case NONE ->
          (updates, from, y, at, n) ->
              MemorySegment.copy(updates, from * bytes, y, at * bytes, n * bytes);
      case ADD -> each(ElementLoops.binary(type, Double::sum, Long::sum));
      case MUL -> each(ElementLoops.binary(type, (a, b) -> a * b, (a, b) -> a * b));
      case MAX -> {
        var order = new Elements(type);
        yield each(
            ElementLoops.binary(
                type, (a, b) -> b > a ? b : a, (a, b) -> order.compare(b, a) > 0 ? b : a));
      }
      case MIN -> {
        var order = new Elements(type);
        yield each(
            ElementLoops.binary(
                type, (a, b) -> b < a ? b : a, (a, b) -> order.compare(b, a) < 0 ? b : a));
      }
    };
  }

  private static Put each(ElementLoops.Element element) {
    return (updates, from, y, at, n) -> {
      for (long i = 0; i < n; i++) {
        element.compute(y, at + i, updates, from + i, y, at + i);
      }
    };
  }
}
