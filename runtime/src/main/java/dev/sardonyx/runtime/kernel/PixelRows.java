package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The pixels that a convolution's kernel meets, as the left operand of its product: a row for each
 * output pixel of all images, in it {@code [kernel depth, kernel height, kernel width, group
 * channel]}, zero in the padding. x is {@code [batch, depth, height, width, channels]}.
 *
 * @param firstChannel where the group's channels begin
 * @param elementBytes the size of an element
 */
public record PixelRows(
    ConvolutionGeometry geometry, MemorySegment x, int firstChannel, int elementBytes)
    implements LeftRows {
  private static final int ZERO_BYTES = 4096;
  private static final MemorySegment ZEROS =
      MemorySegment.ofArray(new byte[ZERO_BYTES]).asReadOnly();

  @Override
  public void copy(long offset, int row, int from, int n, MemorySegment to, long toOffset) {
    Axis depth = geometry.depth();
    Axis height = geometry.height();
    int line = row / geometry.outWidth();
    long left = geometry.width().start(row - line * geometry.outWidth());
    int slice = line / height.output();
    long top = height.start(line - slice * height.output());
    int image = slice / depth.output();
    long front = depth.start(slice - image * depth.output());
    int lineElements = geometry.width().kernel() * geometry.groupChannels();
    int done = 0;
    while (done < n) {
      int kernelLine = (from + done) / lineElements;
      int begin = from + done - kernelLine * lineElements;
      int end = Math.min(lineElements, begin + n - done);
      int tap = kernelLine / height.kernel();
      long d = front + (long) tap * depth.dilation();
      long h = top + (long) (kernelLine - tap * height.kernel()) * height.dilation();
      if (d < 0 || d >= depth.size() || h < 0 || h >= height.size()) {
        clear(end - begin, to, toOffset + done);
      } else {
        long at = ((image * (long) depth.size() + d) * height.size() + h) * geometry.width().size();
        line(offset, at, left, begin, end, to, toOffset + done);
      }
      done += end - begin;
    }
  }

  /** Some elements of a line of the kernel, which meets the pixels of a line of the input. */
  private void line(
      long offset, long line, long left, int begin, int end, MemorySegment to, long toOffset) {
    Axis width = geometry.width();
    int channels = geometry.groupChannels();
    int inside = Math.clamp((long) width.firstTap(left) * channels, begin, end);
    int outside = Math.clamp((long) width.endTap(left) * channels, inside, end);
    clear(inside - begin, to, toOffset);
    if (width.dilation() == 1 && geometry.groups() == 1) {
      long source = offset + (line + left) * channels + inside;
      copy(source, outside - inside, to, toOffset + inside - begin);
    } else {
      int at = inside;
      while (at < outside) {
        int tap = at / channels;
        int next = Math.min(outside, (tap + 1) * channels);
        long pixel = line + left + (long) tap * width.dilation();
        long source = offset + pixel * geometry.channels() + firstChannel + at - tap * channels;
        copy(source, next - at, to, toOffset + at - begin);
        at = next;
      }
    }
    clear(end - outside, to, toOffset + outside - begin);
  }

  private void copy(long source, int n, MemorySegment to, long toOffset) {
    if (n == 0) { // the source may be in the padding
      return;
    }
    long bytes = (long) n * elementBytes;
    MemorySegment.copy(x, source * elementBytes, to, toOffset * elementBytes, bytes);
  }

  private void clear(int n, MemorySegment to, long toOffset) {
    long at = toOffset * elementBytes;
    long end = at + (long) n * elementBytes;
    while (at < end) {
      long bytes = Math.min(ZERO_BYTES, end - at);
      MemorySegment.copy(ZEROS, 0, to, at, bytes);
      at += bytes;
    }
  }
}
