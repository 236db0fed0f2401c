package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Convolution as a matrix product: weights times a matrix of input pixels, which is gathered
 * straight into panels, a few panels at a time, so that scratch stays in the L2 cache.
 */
final class Convolution {

  /** 256 KiB, half of the L2 cache of small machines. */
  private static final long SCRATCH_ELEMENTS = 1 << 16;

  private final BlockOperations blocks;
  private final Gemm gemm;
  private final Depthwise depthwise;

  Convolution(BlockOperations blocks, Gemm gemm) {
    this.blocks = blocks;
    this.gemm = gemm;
    this.depthwise = new Depthwise(blocks);
  }

  long scratchElements(ConvolutionGeometry g) {
    if (g.isDepthwise()) {
      return 0;
    }
    return Math.multiplyExact((long) blockPixels(g), g.taps());
  }

  /** Pixels gathered at a time: whole panels, at least one. */
  private int blockPixels(ConvolutionGeometry g) {
    int width = blocks.panelWidth();
    long fitting = SCRATCH_ELEMENTS / ((long) g.taps() * width);
    long needed = Math.ceilDiv(g.outPixels(), width);
    return Math.toIntExact(Math.max(1, Math.min(fitting, needed)) * width);
  }

  void run(
      ConvolutionGeometry g,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch) {
    if (epilogue.bias() != null && epilogue.axis() != Epilogue.BiasAxis.PER_ROW) {
      throw new IllegalArgumentException(
          "the bias of a convolution must be PER_ROW (was %s)".formatted(epilogue.axis()));
    }
    if (g.isDepthwise()) {
      depthwise.run(g, x, weights, y, epilogue);
      return;
    }
    int block = blockPixels(g);
    int pixels = g.outPixels();
    int taps = g.taps();
    int rows = g.groupOutChannels();
    long inPlane = g.inPixels();
    for (int image = 0; image < g.batch(); image++) {
      for (int group = 0; group < g.groups(); group++) {
        long input = ((long) image * g.channels() + group * g.groupChannels()) * inPlane;
        int firstChannel = group * rows;
        long output = ((long) image * g.outChannels() + firstChannel) * pixels;
        for (int first = 0; first < pixels; first += block) {
          int count = Math.min(block, pixels - first);
          Cancellation.poll();
          gather(g, x, input, first, count, scratch);
          gemm.multiply(
              rows,
              count,
              taps,
              weights,
              (long) firstChannel * taps,
              taps,
              scratch,
              0,
              y,
              output + first,
              pixels,
              epilogue,
              firstChannel);
        }
      }
    }
  }

  private void gather(
      ConvolutionGeometry g, MemorySegment x, long input, int first, int count, MemorySegment to) {
    int taps = g.taps();
    long plane = g.inPixels();
    if (g.isPointwise()) {
      for (int channel = 0; channel < taps; channel++) {
        copyRun(x, input + channel * plane + first, 1, count, to, channel, taps, 0);
      }
      return;
    }
    int tap = 0;
    for (int channel = 0; channel < g.groupChannels(); channel++) {
      for (int slice = 0; slice < g.depth().kernel(); slice++) {
        for (int row = 0; row < g.height().kernel(); row++) {
          for (int column = 0; column < g.width().kernel(); column++) {
            gatherTap(g, x, input + channel * plane, slice, row, column, first, count, to, tap);
            tap++;
          }
        }
      }
    }
  }

  /** One row of the matrix: the pixels that one tap meets at a range of output pixels. */
  private void gatherTap(
      ConvolutionGeometry g,
      MemorySegment x,
      long plane,
      int slice,
      int row,
      int column,
      int first,
      int count,
      MemorySegment to,
      int tap) {
    Axis width = g.width();
    long sliceShift = g.depth().shift(slice);
    long rowShift = g.height().shift(row);
    long columnShift = width.shift(column);
    int outWidth = g.outWidth();
    int outHeight = g.height().output();
    int inside = width.firstInside(columnShift, outWidth);
    int outside = width.endInside(columnShift, outWidth);
    int taps = g.taps();
    int outRow = first / outWidth;
    int begin = first - outRow * outWidth;
    int done = 0;
    while (done < count) {
      int end = Math.min(outWidth, begin + count - done);
      int outSlice = outRow / outHeight;
      long inSlice = outSlice * (long) g.depth().stride() + sliceShift;
      long inRow = (outRow - outSlice * outHeight) * (long) g.height().stride() + rowShift;
      boolean rowInside =
          inSlice >= 0 && inSlice < g.depth().size() && inRow >= 0 && inRow < g.height().size();
      int from = rowInside ? Math.clamp(inside, begin, end) : end;
      int until = rowInside ? Math.clamp(outside, from, end) : end;
      long line = plane + (inSlice * g.height().size() + inRow) * width.size();
      long source = line + columnShift + (long) from * width.stride();
      clearRun(from - begin, to, tap, taps, done);
      copyRun(x, source, width.stride(), until - from, to, tap, taps, done + from - begin);
      clearRun(end - until, to, tap, taps, done + until - begin);
      done += end - begin;
      outRow++;
      begin = 0;
    }
  }

  private void copyRun(
      MemorySegment x,
      long source,
      int step,
      int count,
      MemorySegment to,
      int tap,
      int taps,
      int pixel) {
    int width = blocks.panelWidth();
    int end = pixel + count;
    while (pixel < end) {
      int lane = pixel % width;
      int run = Math.min(end - pixel, width - lane);
      long target = (long) (pixel - lane) * taps + (long) tap * width + lane;
      blocks.copy(run, x, source, step, to, target);
      source += (long) run * step;
      pixel += run;
    }
  }

  private void clearRun(int count, MemorySegment to, int tap, int taps, int pixel) {
    int width = blocks.panelWidth();
    int end = pixel + count;
    while (pixel < end) {
      int lane = pixel % width;
      int run = Math.min(end - pixel, width - lane);
      blocks.clear(run, to, (long) (pixel - lane) * taps + (long) tap * width + lane);
      pixel += run;
    }
  }
}
