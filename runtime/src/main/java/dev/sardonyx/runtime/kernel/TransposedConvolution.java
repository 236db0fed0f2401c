package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Transposed convolution as a matrix product whose columns are spread over the output: transposed
 * weights times input pixels, a few panels of pixels at a time, so that scratch stays in the L2
 * cache.
 */
final class TransposedConvolution {

  /** 256 KiB, half of the L2 cache of small machines. */
  private static final long SCRATCH_ELEMENTS = 1 << 16;

  private final BlockOperations blocks;
  private final Gemm gemm;

  TransposedConvolution(BlockOperations blocks, Gemm gemm) {
    this.blocks = blocks;
    this.gemm = gemm;
  }

  /** The transposed weights of a group, a block of pixels in panels, and their columns. */
  long scratchElements(TransposedGeometry g) {
    long block = blockPixels(g);
    long rows = rows(g);
    long inner = g.groupChannels();
    return Math.addExact(
        Math.multiplyExact(rows, inner),
        Math.addExact(Math.multiplyExact(block, inner), Math.multiplyExact(block, rows)));
  }

  private static int rows(TransposedGeometry g) {
    return Math.multiplyExact(g.groupOutChannels(), g.kernel());
  }

  private int blockPixels(TransposedGeometry g) {
    int width = blocks.panelWidth();
    long fitting = SCRATCH_ELEMENTS / ((long) rows(g) * width);
    long needed = Math.ceilDiv(g.inPixels(), width);
    return Math.toIntExact(Math.max(1, Math.min(fitting, needed)) * width);
  }

  void run(
      TransposedGeometry g,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch) {
    int rows = rows(g);
    int inner = g.groupChannels();
    int outPixels = g.outPixels();
    int block = blockPixels(g);
    long panels = (long) rows * inner;
    long columns = panels + (long) block * inner;
    for (int group = 0; group < g.groups(); group++) {
      transpose(weights, (long) group * inner * rows, inner, rows, scratch);
      int firstChannel = group * g.groupOutChannels();
      for (int image = 0; image < g.batch(); image++) {
        long input = ((long) image * g.channels() + (long) group * inner) * g.inPixels();
        long output = ((long) image * g.outChannels() + firstChannel) * outPixels;
        for (int row = 0; row < g.groupOutChannels(); row++) {
          blocks.clear(outPixels, y, output + (long) row * outPixels);
        }
        for (int first = 0; first < g.inPixels(); first += block) {
          int count = Math.min(block, g.inPixels() - first);
          Cancellation.poll();
          gemm.pack(x, input + first, inner, count, g.inPixels(), 1, scratch, panels);
          gemm.multiply(
              rows,
              count,
              inner,
              scratch,
              0,
              inner,
              scratch,
              panels,
              scratch,
              columns,
              block,
              Epilogue.NONE,
              0);
          spread(g, scratch, columns, block, first, count, y, output);
        }
        if (!epilogue.isNone()) {
          blocks.finish(
              g.groupOutChannels(), outPixels, y, output, outPixels, epilogue, firstChannel);
        }
      }
    }
  }

  private void transpose(MemorySegment from, long offset, int rows, int columns, MemorySegment to) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        blocks.set(to, (long) j * rows + i, blocks.get(from, offset + (long) i * columns + j));
      }
    }
  }

  /** Adds the columns of a block of input pixels to the output, kernel element by element. */
  private void spread(
      TransposedGeometry g,
      MemorySegment scratch,
      long columns,
      int pitch,
      int first,
      int count,
      MemorySegment y,
      long output) {
    long row = columns;
    for (int channel = 0; channel < g.groupOutChannels(); channel++) {
      long plane = output + (long) channel * g.outPixels();
      for (int i = 0; i < g.depth().kernel(); i++) {
        for (int j = 0; j < g.height().kernel(); j++) {
          for (int k = 0; k < g.width().kernel(); k++) {
            spreadTap(g, scratch, row, first, count, i, j, k, y, plane);
            row += pitch;
          }
        }
      }
    }
  }

  private void spreadTap(
      TransposedGeometry g,
      MemorySegment scratch,
      long from,
      int first,
      int count,
      int slice,
      int row,
      int column,
      MemorySegment y,
      long plane) {
    int width = g.width().size();
    int step = g.width().stride();
    long shift = g.width().shift(column);
    int inside = Axis.first(shift, step, width);
    int outside = Axis.end(shift, step, g.outWidth(), width);
    int done = 0;
    while (done < count) {
      int line = (first + done) / width;
      int begin = (first + done) % width;
      int end = Math.min(width, begin + count - done);
      long outSlice =
          (long) (line / g.height().size()) * g.depth().stride() + g.depth().shift(slice);
      long outRow = (long) (line % g.height().size()) * g.height().stride() + g.height().shift(row);
      boolean there =
          outSlice >= 0 && outSlice < g.outDepth() && outRow >= 0 && outRow < g.outHeight();
      int start = Math.clamp(inside, begin, end);
      int stop = Math.clamp(outside, begin, end);
      if (there && start < stop) {
        long target = plane + (outSlice * g.outHeight() + outRow) * g.outWidth() + shift;
        long source = from + done + start - begin;
        add(stop - start, scratch, source, y, target + (long) start * step, step);
      }
      done += end - begin;
    }
  }

  private void add(int n, MemorySegment x, long from, MemorySegment y, long target, int step) {
    if (step == 1) {
      blocks.multiplyAdd(n, 1, x, from, 1, y, target);
      return;
    }
    for (int i = 0; i < n; i++) {
      long at = target + (long) i * step;
      blocks.set(y, at, blocks.get(y, at) + blocks.get(x, from + i));
    }
  }
}
