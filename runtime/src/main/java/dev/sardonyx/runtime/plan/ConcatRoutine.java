package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Concat;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** Tensors one after the other along an axis: runs of each, shared out. */
final class ConcatRoutine {
  private ConcatRoutine() {}

  /** Errors: LIMIT for a size beyond 64 bits. */
  static Routine of(Concat op, Call call) {
    int axis = call.output().shape().axis(op.axis());
    long outer = Sizes.product(call.outputSizes(), 0, axis);
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          int count = buffers.inputs().size();
          MemorySegment[] parts = new MemorySegment[count];
          for (int i = 0; i < count; i++) {
            parts[i] = buffers.input(i);
          }
          long[] starts = new long[count];
          for (int i = 1; i < count; i++) {
            starts[i] = starts[i - 1] + parts[i - 1].byteSize() / outer;
          }
          long rowBytes = y.byteSize() / outer;
          var split =
              Split.of(
                  Sizes.multiply(outer, count),
                  y.byteSize() / Float.BYTES,
                  1,
                  buffers.team().size());
          return split.step(
              buffers.team(),
              (from, to, _) -> {
                long left = Cancellation.EVERY;
                for (long piece = from; piece < to; piece++) {
                  long row = piece / count;
                  int part = (int) (piece % count);
                  long bytes = parts[part].byteSize() / outer;
                  left = Cancellation.spend(left, 1 + bytes / Long.BYTES);
                  Memory.copy(parts[part], row * bytes, y, row * rowBytes + starts[part], bytes);
                }
              });
        });
  }
}
