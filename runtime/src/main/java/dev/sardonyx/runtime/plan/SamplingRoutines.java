package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.AffineGrid;
import dev.sardonyx.api.op.Col2Im;
import dev.sardonyx.api.op.DeformConv;
import dev.sardonyx.api.op.GridSample;
import dev.sardonyx.api.op.SamplingOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Operators that take elements from between places, or add them up at places. */
final class SamplingRoutines {
  private SamplingRoutines() {}

  static Routine of(SamplingOp op, Call call) {
    return switch (op) {
      case AffineGrid grid -> affine(grid, call);
      case GridSample sample -> GridSampleRoutine.of(sample, call);
      case Col2Im blocks -> add(blocks, call);
      case DeformConv convolution -> DeformConvRoutine.of(convolution, call);
    };
  }

  private static Routine affine(AffineGrid op, Call call) {
    long[] sizes = call.outputSizes();
    int rank = sizes.length - 2;
    long places = Sizes.product(sizes, 1, rank + 1);
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers ->
            () -> {
              for (long n = 0; n < sizes[0]; n++) {
                for (long place = 0; place < places; place++) {
                  Cancellation.pollAt(place);
                  for (int row = 0; row < rank; row++) {
                    long matrix = (n * rank + row) * (rank + 1);
                    double sum = elements.real(buffers.input(0), matrix + rank);
                    long rest = place;
                    for (int axis = rank - 1; axis >= 0; axis--) { // x is the last axis
                      double at = normal(op, rest % sizes[axis + 1], sizes[axis + 1]);
                      long column = rank - 1 - axis;
                      sum += at * elements.real(buffers.input(0), matrix + column);
                      rest /= sizes[axis + 1];
                    }
                    elements.real(buffers.output(), (n * places + place) * rank + row, sum);
                  }
                }
              }
            });
  }

  /** From -1 to 1. Source: torch affine_grid, which has 0 for a lone pixel with corners aligned. */
  private static double normal(AffineGrid op, long i, long size) {
    if (op.alignCorners()) {
      return size == 1 ? 0 : -1 + 2.0 * i / (size - 1);
    }
    return (2.0 * i + 1) / size - 1;
  }

  /** Each element of the image is the sum of what all blocks have for it. */
  private static Routine add(Col2Im op, Call call) {
    long[] image = Axes.spatial(call.outputSizes());
    int rank = image.length;
    List<Integer> block = new ArrayList<>();
    for (long size : call.numbers(2)) {
      block.add(Sizes.narrow(size));
    }
    Window window = op.window(block);
    long[] counts = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      long padded = image[axis] + window.pads().get(axis) + window.pads().get(axis + rank);
      counts[axis] = (padded - window.extent(axis)) / window.strides().get(axis) + 1;
    }
    long planes = call.outputSizes()[0] * call.outputSizes()[1];
    long pixels = Sizes.product(image);
    long taps = Sizes.product(call.numbers(2));
    var elements = new Elements(call.output().dtype());
    return Routine.of(
        buffers ->
            () -> {
              long left = Cancellation.EVERY;
              for (long plane = 0; plane < planes; plane++) {
                for (long pixel = 0; pixel < pixels; pixel++) {
                  left = Cancellation.spend(left, taps);
                  pixel(elements, buffers, window, image, counts, plane, pixel);
                }
              }
            });
  }

  private static void pixel(
      Elements elements,
      Buffers buffers,
      Window window,
      long[] image,
      long[] counts,
      long plane,
      long pixel) {
    MemorySegment x = buffers.input(0);
    long taps = window.kernel().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long blocks = Sizes.product(counts);
    boolean real = elements.type().isFloat();
    double sum = 0;
    long whole = 0;
    for (long tap = 0; tap < taps; tap++) {
      Cancellation.pollAt(tap);
      long block = block(window, image, counts, pixel, tap);
      if (block >= 0) {
        long at = (plane * taps + tap) * blocks + block;
        sum += real ? elements.real(x, at) : 0;
        whole += real ? 0 : elements.integer(x, at);
      }
    }
    if (real) {
      elements.real(buffers.output(), plane * Sizes.product(image) + pixel, sum);
    } else {
      elements.integer(buffers.output(), plane * Sizes.product(image) + pixel, whole);
    }
  }

  /** The block that has a pixel as its element at a tap, or -1. */
  private static long block(Window window, long[] image, long[] counts, long pixel, long tap) {
    long block = 0;
    long stride = 1;
    for (int axis = image.length - 1; axis >= 0; axis--) {
      long kernel = window.kernel().get(axis);
      long start =
          pixel % image[axis]
              + window.pads().get(axis)
              - tap % kernel * window.dilations().get(axis);
      long index = start / window.strides().get(axis);
      if (start < 0 || start % window.strides().get(axis) != 0 || index >= counts[axis]) {
        return -1;
      }
      block += index * stride;
      stride *= counts[axis];
      pixel /= image[axis];
      tap /= kernel;
    }
    return block;
  }
}
