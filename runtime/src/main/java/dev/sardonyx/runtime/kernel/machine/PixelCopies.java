package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/** Copies of what convolutions over pictures read, all pixels of a block in one call. */
final class PixelCopies {
  private final CodeLibrary library;
  private final CodeTable code;

  PixelCopies(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.code =
        library.table(1, _ -> MachineCode.install("copy of pixels", PixelCopyCode.write(vectors)));
  }

  /** Whether taps of a line lie side by side, and there is but one line in depth. */
  static boolean takes(PixelRows pixels) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis deep = geometry.depth();
    return geometry.groups() == 1
        && (geometry.width().dilation() == 1 || geometry.width().kernel() == 1)
        && deep.size() == 1
        && deep.kernel() == 1
        && deep.padBefore() == 0
        && deep.padAfter() == 0;
  }

  /**
   * Rows by elements of k.
   *
   * @param offset where the first picture begins, in elements
   * @param depth the first element
   * @param to rows, {@link RowTarget#PITCH} floats apart
   */
  void copy(
      PixelRows pixels, long offset, int fromRow, int toRow, int depth, int k, MemorySegment to) {
    ConvolutionGeometry geometry = pixels.geometry();
    Axis high = geometry.height();
    Axis wide = geometry.width();
    int outWidth = wide.output();
    int outHeight = high.output();
    int line = fromRow / outWidth;
    int pixel = fromRow - line * outWidth;
    int image = line / outHeight;
    int down = line - image * outHeight;
    int images = (toRow - 1) / outWidth / outHeight + 1 - image;
    long pixelBytes = (long) geometry.channels() * Float.BYTES;
    long lineBytes = wide.size() * pixelBytes;
    long imageBytes = high.size() * lineBytes;
    int kernelLine = wide.kernel() * geometry.channels();
    int skipped = depth / kernelLine;
    long pitch = (long) RowTarget.PITCH * Float.BYTES;
    long rowBytes = (long) k * Float.BYTES;
    library
        .arguments()
        .reads(pixels.x(), offset * Float.BYTES + image * imageBytes, images * imageBytes)
        .number(imageBytes)
        .number(lineBytes)
        .number(high.size())
        .writes(to, 0, (toRow - fromRow - 1) * pitch + rowBytes)
        .number(pitch)
        .number(toRow - fromRow)
        .number(outHeight - down)
        .number(outHeight)
        .number(high.start(down))
        .number(high.start(0))
        .number(high.stride())
        .number(outWidth - pixel)
        .number(outWidth)
        .number(wide.start(pixel) * pixelBytes)
        .number(wide.start(0) * pixelBytes)
        .number(wide.stride() * pixelBytes)
        .number((long) skipped * high.dilation())
        .number((long) (depth - skipped * kernelLine) * Float.BYTES)
        .number(rowBytes)
        .number((long) kernelLine * Float.BYTES)
        .number(high.dilation())
        .call(code.get(0));
  }
}
