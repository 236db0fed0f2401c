package dev.sardonyx.runtime.kernel;

/** Copies rows of a left operand, in runs that lie together, to the thread's block of rows. */
final class RowCopies {
  private final BlockOperations blocks;

  RowCopies(BlockOperations blocks) {
    this.blocks = blocks;
  }

  /**
   * Part of a row: elements from one on.
   *
   * @param offset where the operand begins
   * @param to where they go in the block of rows
   */
  void copy(LeftRows rows, long offset, int row, int from, int n, HotArrays arrays, int to) {
    switch (rows) {
      case MatrixRows matrix ->
          blocks.copyRun(n, matrix.a(), offset + row * matrix.pitch() + from, arrays, to);
      case PixelRows pixels -> pixel(pixels, offset, row, from, n, arrays, to);
    }
  }

  private void pixel(
      PixelRows pixels, long offset, int row, int from, int n, HotArrays arrays, int to) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis depth = geometry.depth();
    Axis height = geometry.height();
    int line = row / geometry.outWidth();
    long left = geometry.width().start(row - line * geometry.outWidth());
    int slice = line / height.output();
    long top = height.start(line - slice * height.output());
    int image = slice / depth.output();
    long front = depth.start(slice - image * depth.output());
    int lineElements = geometry.width().kernel() * geometry.groupChannels();
    int kernelLine = from / lineElements;
    int begin = from - kernelLine * lineElements;
    int done = 0;
    while (done < n) {
      int end = Math.min(lineElements, begin + n - done);
      int tap = kernelLine / height.kernel();
      long d = front + (long) tap * depth.dilation();
      long h = top + (long) (kernelLine - tap * height.kernel()) * height.dilation();
      if (d < 0 || d >= depth.size() || h < 0 || h >= height.size()) {
        blocks.clearRun(end - begin, arrays, to + done);
      } else {
        long at = ((image * (long) depth.size() + d) * height.size() + h) * geometry.width().size();
        line(pixels, offset, at, left, begin, end, arrays, to + done);
      }
      done += end - begin;
      kernelLine++;
      begin = 0;
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
    if (together && left >= 0 && left + width.kernel() <= width.size()) {
      blocks.copyRun(
          end - begin, pixels.x(), offset + (line + left) * channels + begin, arrays, to);
      return;
    }
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
