package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.FillOp;
import dev.sardonyx.api.op.OneHot;
import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** Tensors made of one value, of numbers in a row, or with a value at some places. */
final class FillRoutines {
  private FillRoutines() {}

  static Routine of(FillOp op, Call call) {
    return switch (op) {
      case FillOp.ConstantOfShape constant -> {
        MemorySegment element = MemorySegment.ofBuffer(constant.value().bytes());
        yield Routine.of(
            buffers -> {
              var y = buffers.output();
              return () -> fill(y, element, element.byteSize());
            });
      }
      case FillOp.EyeLike eye -> eye(eye, call);
      case FillOp.Range _ -> range(call);
    };
  }

  private static Routine eye(FillOp.EyeLike op, Call call) {
    long rows = call.outputSizes()[0];
    long columns = call.outputSizes()[1];
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers -> {
          var y = buffers.output();
          return () -> {
            Memory.fill(y, (byte) 0);
            long last = Math.min(rows, columns - op.k());
            long left = Cancellation.EVERY;
            for (long row = Math.max(0, -(long) op.k()); row < last; row++) {
              left = Cancellation.spend(left, 1);
              elements.number(y, row * columns + row + op.k(), 1);
            }
          };
        });
  }

  private static Routine range(Call call) {
    var elements = new Elements(call.output().dtype());
    long n = Sizes.product(call.outputSizes());
    boolean real = call.output().dtype().isFloat();
    return Routine.of(
        buffers -> {
          var start = buffers.input(0);
          var delta = buffers.input(2);
          var y = buffers.output();
          return () -> {
            long left = Cancellation.EVERY;
            for (long i = 0; i < n; i++) {
              left = Cancellation.spend(left, 1);
              if (real) {
                elements.real(y, i, elements.real(start, 0) + i * elements.real(delta, 0));
              } else {
                elements.integer(y, i, elements.integer(start, 0) + i * elements.integer(delta, 0));
              }
            }
          };
        });
  }

  static Routine oneHot(OneHot op, Call call) {
    long[] sizes = call.outputSizes();
    int axis = op.axis() < 0 ? op.axis() + sizes.length : op.axis();
    long outer = Sizes.product(sizes, 0, axis);
    long depth = sizes[axis];
    long inner = Sizes.product(sizes, axis + 1, sizes.length);
    int bytes = call.output().dtype().bits() / 8;
    var integers = new Elements(call.input(0).dtype());
    return Routine.of(
        buffers -> {
          var indices = buffers.input(0);
          var values = buffers.input(2);
          var y = buffers.output();
          return () -> {
            fill(y, values, bytes);
            long left = Cancellation.EVERY;
            for (long o = 0; o < outer; o++) {
              for (long i = 0; i < inner; i++) {
                left = Cancellation.spend(left, 1);
                long index = integers.whole(indices, o * inner + i);
                long at = index < 0 ? index + depth : index;
                if (at >= 0 && at < depth) { // others leave their column off, as ONNX has it
                  long place = ((o * depth + at) * inner + i) * bytes;
                  MemorySegment.copy(values, bytes, y, place, bytes);
                }
              }
            }
          };
        });
  }

  static Routine trilu(Trilu op, Call call) {
    long[] sizes = call.sizes(0);
    long columns = sizes[sizes.length - 1];
    long rows = sizes[sizes.length - 2];
    long matrices = Sizes.product(sizes, 0, sizes.length - 2);
    int bytes = call.elementBytes();
    var integers = new Elements(DType.INT64);
    return Routine.of(
        buffers -> {
          var x = buffers.input(0);
          var y = buffers.output();
          return () -> {
            long k = call.has(1) ? integers.integer(buffers.input(1), 0) : 0;
            long left = Cancellation.EVERY;
            for (long row = 0; row < matrices * rows; row++) {
              left = Cancellation.spend(left, columns);
              long diagonal = Math.clamp(k, -rows, columns) + row % rows;
              long first = Math.clamp(op.upper() ? diagonal : 0, 0, columns);
              long last = Math.clamp(op.upper() ? columns : diagonal + 1, 0, columns);
              long at = row * columns * bytes;
              Memory.fill(y.asSlice(at, columns * bytes), (byte) 0);
              if (first < last) {
                Memory.copy(x, at + first * bytes, y, at + first * bytes, (last - first) * bytes);
              }
            }
          };
        });
  }

  /** The first element of a tensor everywhere. */
  static void fill(MemorySegment y, MemorySegment element, long bytes) {
    long left = Cancellation.EVERY;
    for (long at = 0; at < y.byteSize(); at += bytes) {
      left = Cancellation.spend(left, 1);
      MemorySegment.copy(element, 0, y, at, bytes);
    }
  }
}
