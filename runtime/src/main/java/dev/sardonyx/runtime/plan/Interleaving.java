package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Pictures of a few planes of bytes (N, C, spatial...) whose channels become the last axis. */
final class Interleaving implements SharedLines.Body {
  private static final int MOST_PLANES = 4;
  private static final int LEAST_AXES = 3;

  private final Kernels kernels;
  private final int planes;
  private final int lines;
  private final long line;
  private final MemorySegment x;
  private final MemorySegment y;

  private Interleaving(long[] sizes, Kernels kernels, Buffers buffers) {
    this.kernels = kernels;
    planes = Sizes.narrow(sizes[1]);
    lines = Sizes.narrow(sizes[2]);
    line = Sizes.product(sizes, LEAST_AXES, sizes.length);
    x = buffers.input(0);
    y = buffers.output();
  }

  static boolean takes(Transpose op, Call call) {
    long[] sizes = call.sizes(0);
    return call.input(0).dtype().bits() == Byte.SIZE
        && sizes.length >= LEAST_AXES
        && sizes[1] <= MOST_PLANES
        && Sizes.product(sizes) > 0
        && Sizes.product(sizes) <= Integer.MAX_VALUE
        && movesLast(op.order(sizes.length));
  }

  private static boolean movesLast(List<Integer> order) {
    int last = order.size() - 1;
    for (int axis = 1; axis < last; axis++) {
      if (order.get(axis) != axis + 1) {
        return false;
      }
    }
    return order.getFirst() == 0 && order.get(last) == 1;
  }

  /** The routine for a call that it takes. */
  static Routine of(Call call, Kernels kernels) {
    long[] sizes = call.sizes(0);
    int lines = Sizes.narrow(sizes[0] * sizes[2]);
    double nanos = Parts.operations(Sizes.product(sizes));
    return Routine.of(
        buffers ->
            new SharedLines(new Interleaving(sizes, kernels, buffers), lines, nanos, buffers));
  }

  @Override
  public void run(int from, int to, HotArrays arrays) {
    long plane = lines * line;
    for (int picture = from / lines; picture * lines < to; picture++) {
      int first = Math.max(from - picture * lines, 0);
      int end = Math.min(to - picture * lines, lines);
      long at = picture * plane * planes + first * line;
      long yAt = (picture * plane + first * line) * planes;
      kernels.interleaveBytes(x, at, plane, planes, y, yAt, (end - first) * line);
    }
  }
}
