package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.kernel.IntegerRows;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.function.IntSupplier;

/**
 * The left operand of a product of 8-bit numbers: pictures, padded, whose channels are last. A
 * matrix is a picture of one column for which k counts channels.
 *
 * @param lines those of a picture
 * @param line bytes of a line
 * @param before bytes in front of it; so are {@code after} those behind
 * @param above lines above a picture; so are {@code below} those below
 * @param run bytes of a run of the window that count
 */
record IntegerWindow(
    int pictures,
    int lines,
    long line,
    long before,
    long after,
    int above,
    int below,
    int runs,
    int run,
    int outLines,
    int outPixels,
    int lineStride,
    int runStride,
    long pixelPitch) {
  /** Rows of a matrix that make a line, where they are so many. */
  private static final int MOST_ROWS = 256;

  private static final int LEAST_ROWS = 14;

  /** Of a convolution with one group over at most two axes, whose runs lie together. */
  static IntegerWindow of(ConvolutionGeometry geometry) {
    var height = geometry.height();
    var width = geometry.width();
    int channels = geometry.channels();
    if (geometry.isPointwise()) {
      return of(Math.multiplyExact(geometry.batch(), geometry.outPixels()), channels);
    }
    return new IntegerWindow(
        geometry.batch(),
        height.size(),
        (long) width.size() * channels,
        (long) width.padBefore() * channels,
        (long) width.padAfter() * channels,
        height.padBefore(),
        height.padAfter(),
        height.kernel(),
        Math.multiplyExact(width.kernel(), channels),
        height.output(),
        width.output(),
        height.stride(),
        height.dilation(),
        (long) width.stride() * channels);
  }

  /** Rows of a matrix, many of them in lines if they are a multiple of something. */
  static IntegerWindow of(int rows, int k) {
    int pixels = Math.min(rows, MOST_ROWS);
    while (pixels > LEAST_ROWS && rows % pixels != 0) {
      pixels--;
    }
    if (rows % pixels != 0) {
      pixels = rows;
    }
    int lines = rows / pixels;
    return new IntegerWindow(1, lines, (long) pixels * k, 0, 0, 0, 0, 1, k, lines, pixels, 1, 1, k);
  }

  int runBytes() {
    return Math.ceilDiv(run, IntegerPanels.GROUP) * IntegerPanels.GROUP;
  }

  int k() {
    return Math.multiplyExact(runs, runBytes());
  }

  private boolean isPadded() {
    return before + after + above + below > 0;
  }

  /** Whether rows are read from a copy: with padding, without signs, and with bytes behind. */
  boolean isCopied(boolean signed) {
    return signed || isPadded() || runBytes() != run;
  }

  private long pitch() {
    return before + line + after;
  }

  private long picture() {
    return Sizes.multiply(pitch(), above + lines + (long) below);
  }

  /** What lies together in the padding at most. */
  private long border() {
    long ends = Math.max(above, below) * pitch() + Math.max(before, after);
    return isPadded() ? Math.max(ends, before + after) : 0;
  }

  /** The memory of a copy. */
  long bytes() {
    long all = Sizes.add(Sizes.multiply(picture(), pictures), IntegerPanels.GROUP);
    return Sizes.add(MemoryBudget.aligned(all), MemoryBudget.aligned(border()));
  }

  /** The rows of a picture's windows. */
  IntegerRows rows(MemorySegment x, int picture) {
    return new IntegerRows(
        x,
        picture * picture(),
        lineStride * pitch(),
        pixelPitch,
        runs,
        runStride * pitch(),
        runBytes());
  }

  /**
   * The step that copies x.
   *
   * @param zero gives the number that the padding holds, without a sign
   */
  Step copy(MemorySegment x, MemorySegment to, int flipped, IntSupplier zero, Kernels kernels) {
    MemorySegment border = to.asSlice(bytes() - MemoryBudget.aligned(border()), border());
    long pitch = pitch();
    return () -> {
      if (isPadded()) {
        border.fill((byte) zero.getAsInt());
      }
      for (int i = 0; i < pictures; i++) {
        long first = i * picture() + above * pitch + before;
        kernels.copyBytes(x, i * lines * line, line, to, first, pitch, lines, line, flipped);
        if (isPadded()) {
          long last = first + (lines - 1) * pitch + line;
          long front = above * pitch + before;
          kernels.copyBytes(border, 0, 0, to, i * picture(), 0, 1, front, 0);
          kernels.copyBytes(border, 0, 0, to, first + line, pitch, lines - 1, before + after, 0);
          kernels.copyBytes(border, 0, 0, to, last, 0, 1, after + below * pitch, 0);
        }
      }
    };
  }
}
