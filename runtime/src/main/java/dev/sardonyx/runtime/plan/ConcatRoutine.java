package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Concat;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/**
 * Tensors one after the other along an axis: runs of each, shared out. A piece is a run of one
 * tensor, and pieces are in the order of the output.
 */
final class ConcatRoutine {
  private final MemorySegment[] parts;
  private final MemorySegment y;
  private final long outer;
  private final long[] starts;
  private final long[] bytes;
  private final long rowBytes;

  private ConcatRoutine(Buffers buffers, long outer) {
    int count = buffers.inputs().size();
    this.outer = outer;
    y = buffers.output();
    parts = new MemorySegment[count];
    starts = new long[count];
    bytes = new long[count];
    for (int i = 0; i < count; i++) {
      parts[i] = buffers.input(i);
      bytes[i] = parts[i].byteSize() / outer;
      starts[i] = i == 0 ? 0 : starts[i - 1] + bytes[i - 1];
    }
    rowBytes = y.byteSize() / outer;
  }

  /** Errors: LIMIT for a size beyond 64 bits. */
  static Routine of(Concat op, Call call, Kernels kernels) {
    int axis = call.output().shape().axis(op.axis());
    long outer = Sizes.product(call.outputSizes(), 0, axis);
    return Routine.of(buffers -> new ConcatRoutine(buffers, outer).bind(buffers, kernels));
  }

  private Step bind(Buffers buffers, Kernels kernels) {
    var split =
        Split.of(
            Sizes.multiply(outer, parts.length),
            y.byteSize() / Float.BYTES,
            1,
            buffers.team().size());
    return outer > 1 && rowBytes <= StridedCopy.MOST_BYTES
        ? split.step(buffers.team(), (from, to, _) -> copy(from, to, kernels), kernels)
        : split.step(buffers.team(), (from, to, _) -> copy(from, to));
  }

  /** The pieces of each tensor, all at once. */
  private void copy(long from, long to, Kernels kernels) {
    int count = parts.length;
    for (int i = 0; i < count; i++) {
      long first = Math.ceilDiv(from - i, (long) count);
      long end = Math.ceilDiv(to - i, (long) count);
      StridedCopy.copyRows(
          kernels, parts[i], 0, bytes[i], y, starts[i], rowBytes, first, end, bytes[i]);
    }
  }

  private void copy(long from, long to) {
    long left = Cancellation.EVERY;
    for (long piece = from; piece < to; piece++) {
      long row = piece / parts.length;
      int part = (int) (piece % parts.length);
      left = Cancellation.spend(left, 1 + bytes[part] / Long.BYTES);
      Memory.copy(parts[part], row * bytes[part], y, row * rowBytes + starts[part], bytes[part]);
    }
  }
}
