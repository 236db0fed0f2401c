package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.GatherND;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.ReverseSequence;
import dev.sardonyx.api.op.ScatterElements;
import dev.sardonyx.api.op.ScatterND;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Elements found and placed by indices that come with each run. */
final class IndexRoutines {
  private IndexRoutines() {}

  static Routine of(IndexOp op, Call call) {
    return switch (op) {
      case GatherND gather -> gatherND(gather, call);
      case ScatterElements scatter -> ScatterRoutines.elements(scatter, call);
      case ScatterND scatter -> ScatterRoutines.tuples(scatter, call);
      case ReverseSequence reverse -> reverseSequence(reverse, call);
      case TopK top -> TopKRoutine.of(top, call);
    };
  }

  private static Routine gatherND(GatherND op, Call call) {
    long[] sizes = call.sizes(0);
    long[] indexSizes = call.sizes(1);
    int last = indexSizes.length - 1;
    int batchDims = op.batchDims();
    var tuples = new IndexTuples(op.name(), sizes, batchDims, (int) indexSizes[last]);
    long batches = Sizes.product(indexSizes, 0, batchDims);
    long perBatch = Sizes.product(indexSizes, batchDims, last);
    long bytes = call.elementBytes();
    long slice = Sizes.multiply(tuples.slice(), bytes);
    long batchBytes = Sizes.multiply(Sizes.product(sizes, batchDims, sizes.length), bytes);
    return Routine.of(
        buffers -> {
          var data = buffers.input(0);
          var indices = buffers.input(1);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long tuple = 0; tuple < batches * perBatch; tuple++) {
              left = Cancellation.spend(left, 1 + slice / 8);
              long from = tuple / perBatch * batchBytes + tuples.place(indices, tuple) * bytes;
              MemorySegment.copy(data, from, y, tuple * slice, slice);
            }
          };
        });
  }

  private static Routine reverseSequence(ReverseSequence op, Call call) {
    long[] sizes = call.sizes(0);
    long batch = sizes[op.batchAxis()];
    long time = sizes[op.timeAxis()];
    long slice = Sizes.multiply(Sizes.product(sizes, 2, sizes.length), call.elementBytes());
    long batchBytes = op.batchAxis() == 0 ? time * slice : slice;
    long timeBytes = op.batchAxis() == 0 ? slice : batch * slice;
    var integers = new Elements(DType.INT64);
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var lengths = buffers.input(1);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long b = 0; b < batch; b++) {
              long length = integers.integer(lengths, b);
              requireLength(length, time);
              for (long t = 0; t < time; t++) {
                left = Cancellation.spend(left, 1 + slice / 8);
                long from = t < length ? length - 1 - t : t;
                long at = b * batchBytes;
                MemorySegment.copy(x, at + from * timeBytes, y, at + t * timeBytes, slice);
              }
            }
          };
        });
  }

  private static void requireLength(long length, long time) {
    if (length < 0 || length > time) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "ReverseSequence: a length of sequence_lens must be within [0, %d], found %d"
              .formatted(time, length));
    }
  }
}
