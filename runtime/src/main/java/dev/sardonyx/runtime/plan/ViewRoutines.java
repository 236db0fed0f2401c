package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.SpaceOp;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;

/** Operators whose output is the input read at other strides. */
final class ViewRoutines {
  private ViewRoutines() {}

  static Routine transpose(Transpose op, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int[] order = op.order(sizes.length).stream().mapToInt(Integer::intValue).toArray();
    return strided(LoopNest.permuted(sizes, order), 0, call, kernels);
  }

  static Routine slice(Call call, Kernels kernels) {
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
    return strided(LoopNest.of(call.outputSizes(), strides), offset, call, kernels);
  }

  static Routine expand(Call call, Kernels kernels) {
    return strided(LoopNest.broadcast(call.outputSizes(), call.sizes(0)), 0, call, kernels);
  }

  /** Each axis is two: how often, at stride 0, and the axis itself. */
  static Routine tile(Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    long[] outputs = call.outputSizes();
    long[] natural = LoopNest.strides(sizes);
    long[] nest = new long[2 * sizes.length];
    long[] strides = new long[2 * sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      nest[2 * axis] = outputs[axis] / sizes[axis];
      nest[2 * axis + 1] = sizes[axis];
      strides[2 * axis + 1] = natural[axis];
    }
    return strided(LoopNest.of(nest, strides), 0, call, kernels);
  }

  static Routine space(SpaceOp op, Call call, Kernels kernels) {
    long[] x = call.sizes(0);
    return switch (op) {
      case SpaceOp.DepthToSpace(int b, SpaceOp.Order mode) -> {
        long depth = x[1] / b / b;
        long[] blocks =
            mode == SpaceOp.Order.DCR
                ? new long[] {x[0], b, b, depth, x[2], x[3]}
                : new long[] {x[0], depth, b, b, x[2], x[3]};
        int[] order =
            mode == SpaceOp.Order.DCR ? new int[] {0, 3, 4, 1, 5, 2} : new int[] {0, 1, 4, 2, 5, 3};
        yield strided(LoopNest.permuted(blocks, order), 0, call, kernels);
      }
      case SpaceOp.SpaceToDepth(int b) -> {
        long[] blocks = {x[0], x[1], x[2] / b, b, x[3] / b, b};
        yield strided(LoopNest.permuted(blocks, new int[] {0, 3, 5, 1, 2, 4}), 0, call, kernels);
      }
    };
  }

  private static Routine strided(LoopNest nest, long offset, Call call, Kernels kernels) {
    int bytes = call.elementBytes();
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return StridedCopy.step(nest, bytes, x, offset, y, buffers.team(), kernels);
        });
  }

  static Routine split(Split op, Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    long[] strides = LoopNest.strides(sizes);
    int bytes = call.elementBytes();
    int parts = call.outputs().size();
    long[] offsets = new long[parts];
    LoopNest[] nests = new LoopNest[parts];
    for (int i = 0; i < parts; i++) {
      long[] part = call.output(i).shape().sizes();
      nests[i] = LoopNest.of(part, strides);
      if (i + 1 < parts) {
        offsets[i + 1] = offsets[i] + part[axis] * strides[axis];
      }
    }
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          Step[] copies = new Step[parts];
          for (int i = 0; i < parts; i++) {
            copies[i] =
                StridedCopy.step(
                    nests[i], bytes, x, offsets[i], buffers.output(i), buffers.team(), kernels);
          }
          return () -> {
            for (Step copy : copies) {
              copy.run();
            }
          };
        });
  }
}
