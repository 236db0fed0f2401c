package dev.sardonyx.runtime.checkpoint.pytorch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies elements that lie apart from each other in a storage into row-major order. */
final class Gather {
  private final MemorySegment from;
  private final MemorySegment to;
  private final int width;
  private final long[] sizes;
  private final long[] steps;
  private final long start;

  /** The target has room for all elements of the view, of which there is one at least. */
  Gather(MemorySegment from, MemorySegment to, TensorView view, int width) {
    this.from = from;
    this.to = to;
    this.width = width;
    sizes = view.sizes().stream().mapToLong(Long::longValue).toArray();
    steps = view.strides().stream().mapToLong(stride -> stride * width).toArray();
    start = view.offset() * width;
  }

  /** Row by row; the indices of the outer axes count up like the digits of a number. */
  void run() {
    int inner = sizes.length - 1;
    long[] index = new long[sizes.length];
    long rowBytes = sizes[inner] * width;
    long source = start;
    for (long target = 0; target < to.byteSize(); target += rowBytes) {
      copyRow(source, target, sizes[inner], steps[inner]);
      for (int axis = inner - 1; axis >= 0; axis--) {
        source += steps[axis];
        if (++index[axis] < sizes[axis]) {
          break;
        }
        source -= steps[axis] * sizes[axis];
        index[axis] = 0;
      }
    }
  }

  private void copyRow(long source, long target, long count, long step) {
    long at = source;
    for (long i = 0; i < count; i++, at += step) {
      long place = target + i * width;
      switch (width) {
        case 1 -> to.set(ValueLayout.JAVA_BYTE, place, from.get(ValueLayout.JAVA_BYTE, at));
        case 2 ->
            to.set(
                ValueLayout.JAVA_SHORT_UNALIGNED,
                place,
                from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
        case 4 ->
            to.set(
                ValueLayout.JAVA_INT_UNALIGNED,
                place,
                from.get(ValueLayout.JAVA_INT_UNALIGNED, at));
        case 8 ->
            to.set(
                ValueLayout.JAVA_LONG_UNALIGNED,
                place,
                from.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
        default -> MemorySegment.copy(from, at, to, place, width);
      }
    }
  }
}
