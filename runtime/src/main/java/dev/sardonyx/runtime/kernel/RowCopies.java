package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Copies rows of a left operand, in runs that lie together, to the thread's block of rows. */
public final class RowCopies {

  /** The thread's block of rows, to which runs of elements are copied. */
  public interface Target {
    /** Copies to the block of rows: {@code rows[to + i] = x[from + i]} for i &lt; n. */
    void copyRun(int n, MemorySegment x, long from, HotArrays arrays, int to);

    /** The same for several rows: from one to the next it is {@code step} and the rows' pitch. */
    void copyRuns(int rows, int n, MemorySegment x, long from, long step, HotArrays arrays, int to);

    /** {@code rows[to + i] = 0} for i &lt; n. */
    void clearRun(int n, HotArrays arrays, int to);
  }

  private final Target blocks;
  private final int kBlock;
  private final int rowPitch;

  /**
   * Copies to a block of rows.
   *
   * @param kBlock elements of a row that lie together
   * @param rowPitch from a row to the next
   */
  public RowCopies(Target blocks, int kBlock, int rowPitch) {
    this.blocks = blocks;
    this.kBlock = kBlock;
    this.rowPitch = rowPitch;
  }

  /**
   * Rows by elements of k, {@code [k block][row][row pitch]}.
   *
   * @param offset where the operand begins
   * @param pitch from a block of k to the next
   */
  public void copy(
      LeftRows rows,
      long offset,
      int fromRow,
      int toRow,
      int depth,
      int k,
      int pitch,
      HotArrays arrays) {
    switch (rows) {
      case MatrixRows matrix -> {
        long first = offset + fromRow * matrix.pitch() + depth;
        for (int at = 0; at < k; at += kBlock) {
          int n = Math.min(kBlock, k - at);
          int to = at / kBlock * pitch;
          blocks.copyRuns(toRow - fromRow, n, matrix.a(), first + at, matrix.pitch(), arrays, to);
        }
      }
      case PixelRows pixels -> {
        int width = pixels.geometry().outWidth();
        int row = fromRow;
        while (row < toRow) {
          int line = row / width;
          int count = Math.min((line + 1) * width, toRow) - row;
          int to = (row - fromRow) * rowPitch;
          pixels(pixels, offset, line, row - line * width, count, depth, k, to, pitch, arrays);
          row += count;
        }
      }
    }
  }

  /** The rows of pixels that lie in one line of the output. */
  private void pixels(
      PixelRows pixels,
      long offset,
      int line,
      int pixel,
      int count,
      int depth,
      int k,
      int to,
      int pitch,
      HotArrays arrays) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis high = geometry.height();
    Axis deep = geometry.depth();
    int slice = line / high.output();
    long top = high.start(line - slice * high.output());
    int image = slice / deep.output();
    long front = deep.start(slice - image * deep.output());
    int lineElements = geometry.width().kernel() * geometry.groupChannels();
    int done = 0;
    while (done < k) {
      int kernelLine = (depth + done) / lineElements;
      int begin = depth + done - kernelLine * lineElements;
      int inBlock = done % kBlock;
      int n = Math.min(Math.min(lineElements - begin, k - done), kBlock - inBlock);
      int tap = kernelLine / high.kernel();
      long d = front + (long) tap * deep.dilation();
      long h = top + (long) (kernelLine - tap * high.kernel()) * high.dilation();
      int at = to + done / kBlock * pitch + inBlock;
      if (d < 0 || d >= deep.size() || h < 0 || h >= high.size()) {
        for (int i = 0; i < count; i++) {
          blocks.clearRun(n, arrays, at + i * rowPitch);
        }
      } else {
        long there = ((image * (long) deep.size() + d) * high.size() + h) * geometry.width().size();
        runs(pixels, offset, there, pixel, count, begin, begin + n, arrays, at);
      }
      done += n;
    }
  }

  /** Some elements of a line of the kernel for some pixels; those inside go together. */
  private void runs(
      PixelRows pixels,
      long offset,
      long line,
      int pixel,
      int count,
      int begin,
      int end,
      HotArrays arrays,
      int to) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis width = geometry.width();
    int channels = geometry.groupChannels();
    int last = pixel + count;
    int inside = last;
    int outside = last;
    if (width.dilation() == 1 && geometry.groups() == 1) {
      inside = Math.clamp(width.firstInside(width.shift(0), geometry.outWidth()), pixel, last);
      long shift = width.shift(width.kernel() - 1);
      outside = Math.clamp(width.endInside(shift, geometry.outWidth()), inside, last);
    }
    for (int i = pixel; i < inside; i++) {
      int at = to + (i - pixel) * rowPitch;
      line(pixels, offset, line, width.start(i), begin, end, arrays, at);
    }
    if (inside < outside) {
      long from = offset + (line + width.start(inside)) * channels + begin;
      long step = (long) width.stride() * channels;
      int at = to + (inside - pixel) * rowPitch;
      blocks.copyRuns(outside - inside, end - begin, pixels.x(), from, step, arrays, at);
    }
    for (int i = outside; i < last; i++) {
      int at = to + (i - pixel) * rowPitch;
      line(pixels, offset, line, width.start(i), begin, end, arrays, at);
    }
  }

  /** Some elements of a line of the kernel, which meets the pixels of a line of the input. */
  private void line(
      PixelRows pixels,
      long offset,
      long line,
      long left,
      int begin,
      int end,
      HotArrays arrays,
      int to) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis width = geometry.width();
    int channels = geometry.groupChannels();
    boolean together = width.dilation() == 1 && geometry.groups() == 1;
    int inside = Math.clamp((long) width.firstTap(left) * channels, begin, end);
    int outside = Math.clamp((long) width.endTap(left) * channels, inside, end);
    blocks.clearRun(inside - begin, arrays, to);
    if (together) {
      long source = offset + (line + left) * channels + inside;
      blocks.copyRun(outside - inside, pixels.x(), source, arrays, to + inside - begin);
    } else {
      int at = inside;
      while (at < outside) {
        int tap = at / channels;
        int next = Math.min(outside, (tap + 1) * channels);
        long pixel = line + left + (long) tap * width.dilation();
        long source =
            offset + pixel * geometry.channels() + pixels.firstChannel() + at - tap * channels;
        blocks.copyRun(next - at, pixels.x(), source, arrays, to + at - begin);
        at = next;
      }
    }
    blocks.clearRun(end - outside, arrays, to + outside - begin);
  }
}
