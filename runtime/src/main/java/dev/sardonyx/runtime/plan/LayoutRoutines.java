package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/** Operators that move elements, whatever their type. */
final class LayoutRoutines {
  private LayoutRoutines() {}

  static Routine of(LayoutOp op, Call call) {
    return switch (op) {
      case Reshape _, Flatten _, AxesOp _ -> copy();
      case Transpose transpose -> transpose(transpose, call);
      case Concat concat -> concat(concat, call);
      case Gather gather -> gather(gather, call);
      case ShapeOf _ -> shape(call);
    };
  }

  /** The same bytes; used where an alias will not do. */
  static Routine copy() {
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> y.copyFrom(x);
        });
  }

  private static int elementBytes(Call call) {
    return call.output().dtype().bits() / 8;
  }

  private static Routine transpose(Transpose op, Call call) {
    long[] sizes = call.sizes(0);
    int[] order = op.order(sizes.length).stream().mapToInt(Integer::intValue).toArray();
    LoopNest nest = LoopNest.permuted(sizes, order);
    int bytes = elementBytes(call);
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> StridedCopy.run(nest, bytes, x, y);
        });
  }

  private static Routine concat(Concat op, Call call) {
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
          return () -> {
            long at = 0;
            for (long row = 0; row < outer; row++) {
              for (MemorySegment part : parts) {
                long bytes = part.byteSize() / outer;
                MemorySegment.copy(part, row * bytes, y, at, bytes);
                at += bytes;
              }
            }
          };
        });
  }

  private static Routine gather(Gather op, Call call) {
    long[] sizes = call.sizes(0);
    int axis = call.input(0).type().shape().axis(op.axis());
    long outer = Sizes.product(sizes, 0, axis);
    long extent = sizes[axis];
    long slice = Sizes.multiply(Sizes.product(sizes, axis + 1, sizes.length), elementBytes(call));
    long count = Sizes.product(call.sizes(1));
    boolean wide = call.input(1).dtype() == DType.INT64;
    return Routine.of(
        buffers -> {
          var data = buffers.input(0);
          var indices = buffers.input(1);
          var y = buffers.output();
          return () -> {
            for (long i = 0; i < count; i++) {
              long index =
                  wide
                      ? indices.get(JAVA_LONG_UNALIGNED, i * 8)
                      : indices.get(JAVA_INT_UNALIGNED, i * 4);
              long from = index < 0 ? index + extent : index;
              if (from < 0 || from >= extent) {
                throw outside(index, extent);
              }
              for (long o = 0; o < outer; o++) {
                long source = (o * extent + from) * slice;
                MemorySegment.copy(data, source, y, (o * count + i) * slice, slice);
              }
            }
          };
        });
  }

  private static SardonyxException outside(long index, long extent) {
    return new SardonyxException(
        ErrorCode.ARGUMENT,
        "Gather: index " + index + " is outside [" + -extent + ", " + (extent - 1) + "]");
  }

  private static Routine shape(Call call) {
    long[] sizes = call.sizes(0);
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          return () -> {
            for (int axis = 0; axis < sizes.length; axis++) {
              y.set(JAVA_LONG_UNALIGNED, axis * 8L, sizes[axis]);
            }
          };
        });
  }
}
