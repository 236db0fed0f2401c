package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;

/**
 * The largest of numbers of 8 bits in windows over pictures: of lines first, then within the line
 * that they leave.
 */
final class BytePool implements SharedLines.Body {
  private static final int MOST_AXES = 2;

  private final Kernels kernels;
  private final Axis height;
  private final Axis width;
  private final int channels;
  private final int outLines;
  private final int outPixels;
  private final boolean signed;
  private final MemorySegment x;
  private final MemorySegment y;

  private BytePool(Axes axes, Call call, Kernels kernels, Buffers buffers) {
    long[] out = ChannelOrder.onnx(call.outputSizes());
    this.kernels = kernels;
    height = axes.height();
    width = axes.width();
    channels = Sizes.narrow(out[1]);
    outLines = Axes.size(out, 1);
    outPixels = Axes.size(out, 2);
    signed = call.output().dtype() == DType.INT8;
    x = buffers.input(0);
    y = buffers.output();
  }

  static boolean takes(PoolOp.MaxPool op, Call call) {
    return op.window().rank() <= MOST_AXES
        && IntegerOperands.isByte(call.input(0).dtype())
        && !call.hasOutput(1);
  }

  /** The routine for a call that it takes. */
  static Routine of(PoolOp.MaxPool op, Call call, Kernels kernels) {
    return ChannelOrder.of(
        call,
        last -> {
          Axes axes = Axes.of(op.window(), ChannelOrder.onnx(last.sizes(0)));
          return Routine.of(buffers -> step(new BytePool(axes, last, kernels, buffers), buffers));
        });
  }

  private static Step step(BytePool pool, Buffers buffers) {
    long lines = pool.y.byteSize() / ((long) pool.outPixels * pool.channels);
    double bytes = (double) pool.y.byteSize() * pool.width.kernel() + pool.x.byteSize();
    var shared = new SharedLines(pool, Sizes.narrow(lines), Parts.operations(bytes), buffers);
    return () -> {
      pool.y.fill(pool.signed ? Byte.MIN_VALUE : 0);
      shared.run();
    };
  }

  @Override
  public void run(int from, int to, HotArrays arrays) {
    long line = (long) width.size() * channels;
    MemorySegment largest = arrays.memory(HotArrays.Slot.LINES, line);
    for (int i = from; i < to; i++) {
      long start = height.start(i % outLines);
      int first = height.firstTap(start);
      int end = height.endTap(start);
      long picture = (long) (i / outLines) * height.size() * line;
      for (int tap = first; tap < end; tap++) {
        long at = picture + (start + (long) tap * height.dilation()) * line;
        if (tap == first) {
          kernels.copyBytes(x, at, 0, largest, 0, 0, 1, line, 0);
        } else {
          kernels.maxBytes(x, at, 0, largest, 0, 0, 1, line, signed);
        }
      }
      if (first < end) {
        within(largest, (long) i * outPixels * channels);
      }
    }
  }

  private void within(MemorySegment line, long yAt) {
    for (int tap = 0; tap < width.kernel(); tap++) {
      long shift = width.shift(tap);
      int first = width.firstInside(shift, outPixels);
      int end = width.endInside(shift, outPixels);
      if (first < end) {
        kernels.maxBytes(
            line,
            (shift + (long) first * width.stride()) * channels,
            (long) width.stride() * channels,
            y,
            yAt + (long) first * channels,
            channels,
            end - first,
            channels,
            signed);
      }
    }
  }
}
