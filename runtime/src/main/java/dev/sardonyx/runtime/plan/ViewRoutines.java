package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/** Operators whose output is the input read at other strides. */
final class ViewRoutines {
  private ViewRoutines() {}

  static Routine transpose(Transpose op, Call call) {
    long[] sizes = call.sizes(0);
    int[] order = op.order(sizes.length).stream().mapToInt(Integer::intValue).toArray();
    return strided(LoopNest.permuted(sizes, order), 0, call);
  }

  static Routine slice(Call call) {
    long[] sizes = call.sizes(0);
    long[] starts = call.numbers(1);
    List<Integer> axes = call.axes(3, IntStream.range(0, starts.length).boxed().toList());
    long[] strides = LoopNest.strides(sizes);
    long offset = 0;
    for (int i = 0; i < starts.length; i++) {
      int axis = axes.get(i);
      long step = call.has(4) ? call.numbers(4)[i] : 1;
      var range = Slice.Range.of(sizes[axis], starts[i], call.numbers(2)[i], step);
      offset += range.first() * strides[axis];
      strides[axis] *= range.step();
    }
    return strided(LoopNest.of(call.outputSizes(), strides), offset, call);
  }

  static Routine expand(Call call) {
    return strided(LoopNest.broadcast(call.outputSizes(), call.sizes(0)), 0, call);
  }

  private static Routine strided(LoopNest nest, long offset, Call call) {
    int bytes = call.elementBytes();
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> StridedCopy.run(nest, bytes, x, offset, y);
        });
  }

  static Routine split(Split op, Call call) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    long[] strides = LoopNest.strides(sizes);
    int bytes = call.elementBytes();
    int parts = call.outputs().size();
    long[] offsets = new long[parts];
    LoopNest[] nests = new LoopNest[parts];
    for (int i = 0; i < parts; i++) {
      long[] part = call.outputs().get(i).shape().sizes();
      nests[i] = LoopNest.of(part, strides);
      if (i + 1 < parts) {
        offsets[i + 1] = offsets[i] + part[axis] * strides[axis];
      }
    }
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          return () -> {
            for (int i = 0; i < parts; i++) {
              StridedCopy.run(nests[i], bytes, x, offsets[i], buffers.outputs().get(i));
            }
          };
        });
  }
}
