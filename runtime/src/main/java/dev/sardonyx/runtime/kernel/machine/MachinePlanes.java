package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions of pictures of few channels. Lines of the input are copied to a ring {@code [line %
 * slots][channel][padded column]}, from where code reads what each tap meets.
 */
final class MachinePlanes {
  /** Bytes that are cleared at a time. */
  private static final int CLEARED = 1 << 14;

  /** Copied where lines begin: a part of a ring to be filled would be made for each run. */
  private final MemorySegment zeros = Arena.ofAuto().allocate(CLEARED).asReadOnly();

  private final MachineKernels kernels;
  private final CodeLibrary library;
  private final VectorLevel level;
  private final CodeTable codes;

  /**
   * Convolutions.
   *
   * @param kernels what copies
   */
  MachinePlanes(MachineKernels kernels, CodeLibrary library, VectorLevel level) {
    this.kernels = kernels;
    this.library = library;
    this.level = level;
    this.codes =
        library.table(
            PlaneShape.COUNT,
            number -> {
              PlaneShape shape = PlaneShape.of(number);
              return MachineCode.install(shape, PlaneCode.write(shape, level));
            });
  }

  /** Lines of y. What code touches is copied where it is on the heap; x is copied anyway. */
  void run(PlaneConvolution p, int fromLine, int toLine, HotArrays arrays) {
    if (p.panels().isNative() && p.y().isNative() && Calls.isNative(p.epilogue())) {
      lines(p, fromLine, toLine, arrays);
      return;
    }
    var own =
        new PlaneConvolution(
            p.geometry(),
            p.x(),
            Calls.offHeap(p.panels()),
            Calls.offHeap(p.y()),
            Calls.offHeap(p.epilogue()));
    lines(own, fromLine, toLine, arrays);
    long line = (long) p.geometry().outWidth() * p.geometry().outChannels() * Float.BYTES;
    MemorySegment.copy(
        own.y(), fromLine * line, p.y(), fromLine * line, (toLine - fromLine) * line);
  }

  private void lines(PlaneConvolution p, int fromLine, int toLine, HotArrays arrays) {
    ConvolutionGeometry g = p.geometry();
    Axis high = g.height();
    int height = high.output();
    int slots = (int) Math.min((high.kernel() - 1L) * high.dilation() + 1, high.size());
    long pitch = pitch(g) * Float.BYTES;
    long bytes = slots * g.channels() * pitch;
    MemorySegment ring = arrays.memory(HotArrays.Slot.LINES, bytes);
    for (long at = 0; at < bytes; at += zeros.byteSize()) { // the padding stays
      long some = Math.min(zeros.byteSize(), bytes - at);
      kernels.copyBytes(zeros, 0, 0, ring, at, 0, 1, some, 0);
    }
    MemorySegment rows =
        arrays.memory(HotArrays.Slot.PATCH, (long) g.channels() * high.kernel() * PlaneCode.PAIR);
    int image = -1;
    int next = 0;
    for (int line = fromLine; line < toLine; line++) {
      Cancellation.poll();
      if (line / height != image) {
        image = line / height;
        next = 0;
      }
      long top = high.start(line - image * height);
      long last = top + (high.kernel() - 1L) * high.dilation();
      int end = Math.clamp(last + 1, next, high.size());
      for (int row = Math.clamp(top, next, end); row < end; row++) {
        read(p, (long) image * g.channels(), row, ring, row % slots * g.channels() * pitch, pitch);
      }
      next = end;
      int count = rows(g, top, slots, pitch, rows);
      call(p, line, ring, bytes, rows, count);
    }
  }

  /** The elements of a line that windows meet, with the padding before. */
  private static long pitch(ConvolutionGeometry g) {
    Axis wide = g.width();
    return (g.outWidth() - 1L) * wide.stride() + (wide.kernel() - 1L) * wide.dilation() + 1;
  }

  /** Copies a line of all channels. */
  private void read(
      PlaneConvolution p, long plane, int row, MemorySegment ring, long to, long pitch) {
    Axis high = p.geometry().height();
    Axis wide = p.geometry().width();
    long before = (long) wide.padBefore() * Float.BYTES;
    long line = (long) wide.size() * Float.BYTES;
    long bytes = Math.min(line, pitch - before);
    if (bytes > 0) {
      long from = (plane * high.size() + row) * line;
      int channels = p.geometry().channels();
      kernels.copyBytes(
          p.x(), from, high.size() * line, ring, to + before, pitch, channels, bytes, 0);
    }
  }

  /** Lists the rows of the kernel that lie within the picture, and counts them. */
  private int rows(ConvolutionGeometry g, long top, int slots, long pitch, MemorySegment rows) {
    Axis high = g.height();
    int first = high.firstTap(top);
    int end = high.endTap(top);
    long weights = (long) g.width().kernel() * level.panelWidth() * Float.BYTES;
    int count = 0;
    for (int channel = 0; channel < g.channels(); channel++) {
      for (int i = first; i < end; i++) {
        long row = top + (long) i * high.dilation();
        long at = (row % slots * g.channels() + channel) * pitch;
        rows.setAtIndex(JAVA_LONG, 2L * count, at);
        rows.setAtIndex(JAVA_LONG, 2L * count + 1, ((long) channel * high.kernel() + i) * weights);
        count++;
      }
    }
    return count;
  }

  private void call(
      PlaneConvolution p, int line, MemorySegment ring, long bytes, MemorySegment rows, int count) {
    ConvolutionGeometry g = p.geometry();
    Axis wide = g.width();
    int tiles = Math.ceilDiv(g.outWidth(), level.tallest());
    int height = Math.ceilDiv(g.outWidth(), tiles);
    int low = tiles * height - g.outWidth();
    int panels = Math.ceilDiv(g.outChannels(), level.panelWidth());
    long panel = (long) g.taps() * level.panelWidth() * Float.BYTES;
    long pixel = (long) g.outChannels() * Float.BYTES;
    long outBytes = g.outWidth() * pixel;
    long y = line * outBytes;
    Epilogue epilogue = p.epilogue();
    Arguments arguments =
        library
            .arguments()
            .reads(ring, 0, bytes)
            .number((long) wide.stride() * Float.BYTES)
            .number((long) wide.dilation() * Float.BYTES)
            .list(rows, 0, (long) count * PlaneCode.PAIR)
            .number(count)
            .number(wide.kernel())
            .number(tiles - low)
            .number(low)
            .reads(p.panels(), 0, panels * panel)
            .number(panel)
            .number(panels);
    Calls.reads(arguments, epilogue.bias(), 0, pixel);
    Calls.reads(arguments, epilogue.residual(), y, outBytes);
    arguments
        .writes(p.y(), y, outBytes)
        .number(pixel)
        .number(epilogue.low())
        .number(epilogue.high());
    level.giveLanes(arguments, g.outChannels() - (panels - 1) * level.panelWidth());
    level.giveLanes(arguments, level.panelWidth());
    arguments.call(codes.get(number(p)));
  }

  /** The piece of code of a convolution's lines. */
  int number(PlaneConvolution p) {
    int columns = p.geometry().outWidth();
    int tiles = Math.ceilDiv(columns, level.tallest());
    int height = Math.ceilDiv(columns, tiles);
    return PlaneShape.number(
        height,
        tiles * height > columns,
        p.epilogue().residual() != null,
        Calls.ending(p.epilogue().activation()));
  }
}
