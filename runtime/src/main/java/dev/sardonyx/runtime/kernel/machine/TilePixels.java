package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Products of tiles whose rows are the pixels of a picture: each number is split once, and not once
 * for each element of the kernel that meets it. Lines of pixels lie one behind the other with zeros
 * between, so that all that an element of the kernel meets is the same distance away; a row of a
 * tile that begins in such zeros has no row of C. Sums are added in the order of copied rows, so
 * they have the same bits.
 */
final class TilePixels {
  /** Rows of a tile, and of a call. */
  private static final int TALLEST = 16;

  private static final int MOST_ROWS = MachineTiles.MOST_ROWS;

  /** The parts of some lines stay in the second cache. */
  private static final long MOST_BYTES = 3 << 19;

  /** Channels of pictures whose lines beyond the edges are read from here. */
  private static final int MOST_CHANNELS = 4096;

  private final CodeLibrary library;
  private final MachineTiles copied;
  private final LongVectors vectors = new LongVectors();
  private final TileShapes shapes;
  private final CodeTable codes;
  private final CodeTable splits;
  private final MemorySegment zeros = Arena.ofAuto().allocate(MOST_CHANNELS * Float.BYTES);

  /**
   * Products of pixels.
   *
   * @param copied computes rows of which a number has no parts, with the same bits in the others
   */
  TilePixels(CodeLibrary library, TileShapes shapes, CodeTable codes, MachineTiles copied) {
    this.copied = copied;
    this.library = library;
    this.shapes = shapes;
    this.codes = codes;
    this.splits =
        library.table(
            TileShape.MOST_PARTS,
            number ->
                MachineCode.install(
                    "parts of pixels: " + (number + 1), SplitCode.ofPixels(number + 1)));
  }

  /** Whether rows are pixels that are taken where they lie. */
  static boolean takes(Product product) {
    return product.a() instanceof PixelRows pixels && takes(pixels.geometry());
  }

  private static boolean takes(ConvolutionGeometry g) {
    return g.groups() == 1
        && g.channels() % SplitCode.STEP == 0
        && g.channels() <= MOST_CHANNELS
        && g.depth().equals(Axis.SINGLE)
        && moves(g.height())
        && moves(g.width())
        && Math.min(g.width().padBefore(), g.width().padAfter()) < g.width().kernel();
  }

  private static boolean moves(Axis axis) {
    return axis.stride() == 1 && axis.dilation() == 1;
  }

  /** Some lines of a picture with the zeros between, and what is read of them. */
  private record Lines(PixelRows pixels, int parts, int image, int first, int count) {
    private ConvolutionGeometry geometry() {
      return pixels.geometry();
    }

    /** Zeros before each line. */
    int gap() {
      return Math.max(geometry().width().padBefore(), geometry().width().padAfter());
    }

    /** From a line to the next. */
    int pitch() {
      return geometry().width().size() + gap();
    }

    /** With the zeros behind the last line, and what the last tile reads of nothing. */
    int places() {
      return count * pitch() + gap() + TALLEST;
    }

    int rowBytes() {
      return parts * SplitCode.TILE_ROW;
    }

    long stepBytes() {
      return (long) places() * rowBytes();
    }

    int steps() {
      return geometry().channels() / SplitCode.STEP;
    }

    /** How far away what an element of the kernel meets is, in places. */
    int distance(int down, int across) {
      return down * pitch() + across + gap() - geometry().width().padBefore();
    }
  }

  /** Computes rows and columns of C; columns begin at a whole panel. */
  void compute(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    var pixels = (PixelRows) product.a();
    ConvolutionGeometry g = pixels.geometry();
    int across = g.outWidth();
    int parts = product.panels().split().parts();
    int row = fromRow;
    while (row < toRow) {
      int image = row / g.outPixels();
      int line = (row - image * g.outPixels()) / across;
      int most = line + mostLines(g, parts);
      int end = Math.min(toRow, image * g.outPixels() + Math.min(g.outPixels(), most * across));
      int last = (end - 1 - image * g.outPixels()) / across;
      int first = line - g.height().padBefore();
      var lines = new Lines(pixels, parts, image, first, last - line + g.height().kernel());
      if (split(lines, aOffset, arrays)) {
        int begin = row - image * g.outPixels() - line * across;
        int finish = end - image * g.outPixels() - last * across + (last - line) * lines.pitch();
        blocks(
            product,
            lines,
            panelsOffset,
            cOffset,
            row,
            begin,
            finish,
            fromColumn,
            toColumn,
            arrays);
      } else {
        copied.compute(
            product, aOffset, panelsOffset, cOffset, row, end, fromColumn, toColumn, arrays);
      }
      row = end;
    }
  }

  /** Lines of the output whose input stays near. */
  private static int mostLines(ConvolutionGeometry g, int parts) {
    int places = g.width().size() + Math.max(g.width().padBefore(), g.width().padAfter());
    long bytes = (long) places * g.channels() * parts * Short.BYTES;
    return Math.clamp(MOST_BYTES / bytes - g.height().kernel() + 1, 1, g.outPixels());
  }

  /** Splits lines; whether all their numbers have parts. */
  private boolean split(Lines lines, long aOffset, HotArrays arrays) {
    MemorySegment memory = memory(lines, arrays);
    MemorySegment x = lines.pixels().x();
    memory.set(JAVA_INT, 0, 0);
    ConvolutionGeometry g = lines.geometry();
    int width = g.width().size();
    for (int i = 0; i <= lines.count(); i++) {
      Cancellation.poll();
      int at = i * lines.pitch();
      int line = lines.first() + i;
      split(lines, zeros, 0, 0, lines.gap(), at, arrays);
      if (i < lines.count()) {
        boolean inside = line >= 0 && line < g.height().size();
        long from =
            (aOffset + ((long) lines.image() * g.height().size() + line) * width * g.channels())
                * Float.BYTES;
        long pitch = (long) g.channels() * Float.BYTES;
        split(
            lines,
            inside ? x : zeros,
            inside ? from : 0,
            inside ? pitch : 0,
            width,
            at + lines.gap(),
            arrays);
      }
    }
    return memory.get(JAVA_INT, 0) == 0;
  }

  private void split(
      Lines lines, MemorySegment x, long from, long pitch, int count, int place, HotArrays arrays) {
    MemorySegment memory = memory(lines, arrays);
    int channels = lines.geometry().channels();
    for (int done = 0; done < count; done += MOST_ROWS) {
      int some = Math.min(MOST_ROWS, count - done);
      library
          .arguments()
          .reads(x, from + done * pitch, (some - 1) * pitch + (long) channels * Float.BYTES)
          .number(pitch)
          .number(some)
          .number(1)
          .writes(
              parts(lines, arrays),
              (long) (place + done) * lines.rowBytes(),
              (lines.steps() - 1) * lines.stepBytes() + (long) some * lines.rowBytes())
          .number(0)
          .number(lines.steps())
          .number(0)
          .writes(memory, MachineTiles.FLAGS, (long) some * Integer.BYTES)
          .number(0)
          .writes(memory, 0, Integer.BYTES)
          .number(-1)
          .number(lines.stepBytes())
          .call(splits.get(lines.parts() - 1));
    }
  }

  private static MemorySegment parts(Lines lines, HotArrays arrays) {
    return arrays.memory(HotArrays.Slot.PARTS, lines.steps() * lines.stepBytes());
  }

  /** What the thread has for sums and flags, with the distances of steps behind. */
  private static MemorySegment memory(Lines lines, HotArrays arrays) {
    long distances = (long) lines.geometry().taps() / SplitCode.STEP * Long.BYTES;
    return arrays.memory(HotArrays.Slot.TILES, MachineTiles.SUMS_END + distances);
  }

  /** Multiplies places of lines that are split, of which the first with a row is a row of C. */
  private void blocks(
      Product product,
      Lines lines,
      long panelsOffset,
      long cOffset,
      int row,
      int begin,
      int finish,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    MemorySegment memory = memory(lines, arrays);
    distances(lines, memory);
    int width = MachineKernels.WIDTH;
    int count = Math.ceilDiv(finish - begin, MOST_ROWS);
    int to = row;
    for (int i = 0; i < count; i++) { // of nearly one size
      int from = begin + (int) ((long) (finish - begin) * i / count);
      int end = begin + (int) ((long) (finish - begin) * (i + 1) / count);
      int rows = flags(lines, from, end, memory);
      long work = (long) (end - from) * product.k() * width;
      int most = (int) Math.max(1, MachineTiles.MOST_WORK / work);
      for (int column = fromColumn; column < toColumn && rows > 0; column += most * width) {
        Cancellation.poll();
        int last = (int) Math.min(toColumn, column + (long) most * width);
        call(product, lines, panelsOffset, cOffset, to, rows, from, end, column, last, arrays);
      }
      to += rows;
    }
  }

  private static void distances(Lines lines, MemorySegment memory) {
    ConvolutionGeometry g = lines.geometry();
    long at = MachineTiles.SUMS_END;
    for (int down = 0; down < g.height().kernel(); down++) {
      for (int across = 0; across < g.width().kernel(); across++) {
        long distance = (long) lines.distance(down, across) * lines.rowBytes();
        for (int step = 0; step < lines.steps(); step++) {
          memory.set(JAVA_LONG, at, distance + step * lines.stepBytes());
          at += Long.BYTES;
        }
      }
    }
  }

  /** Tells which places have rows of C, and how many do. */
  private static int flags(Lines lines, int from, int end, MemorySegment memory) {
    int places = Math.ceilDiv(end - from, TALLEST) * TALLEST;
    int rows = 0;
    for (int i = 0; i < places; i++) {
      boolean there = from + i < end && (from + i) % lines.pitch() < lines.geometry().outWidth();
      memory.set(JAVA_INT, MachineTiles.FLAGS + (long) i * Integer.BYTES, there ? 0 : -1);
      rows += there ? 1 : 0;
    }
    return rows;
  }

  private void call(
      Product product,
      Lines lines,
      long panelsOffset,
      long cOffset,
      int row,
      int rows,
      int from,
      int to,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    Epilogue end = product.epilogue();
    MemorySegment memory = memory(lines, arrays);
    int width = MachineKernels.WIDTH;
    int tiles = Math.ceilDiv(to - from, TALLEST);
    int height = Math.ceilDiv(to - from, tiles);
    int columns = toColumn - fromColumn;
    int count = Math.ceilDiv(columns, width);
    int steps = product.k() / SplitCode.STEP;
    long panelPitch = 2L * steps * lines.parts() * SplitCode.TILE_BYTES;
    long panel = panelsOffset / ((long) product.k() * width) + fromColumn / width;
    long first = (long) from * lines.rowBytes();
    long c = (cOffset + (long) row * product.ldc() + fromColumn) * Float.BYTES;
    long cBytes = ((rows - 1L) * product.ldc() + columns) * Float.BYTES;
    Arguments arguments = library.arguments();
    arguments
        .reads(parts(lines, arrays), first, lines.steps() * lines.stepBytes() - first)
        .number((long) height * lines.rowBytes())
        .reads(memory, MachineTiles.SUMS_END, (long) steps * Long.BYTES)
        .reads(product.panels().split().values(), panel * panelPitch, count * panelPitch)
        .number(panelPitch)
        .number(steps)
        .reads(shapes.memory(), shapes.of(height), TileShapes.BYTES)
        .writes(memory, MachineTiles.SUMS, (long) tiles * TileProductCode.SUM_BYTES)
        .writes(memory, MachineTiles.MORE_SUMS, 2 * TileProductCode.SUM_BYTES)
        .number(tiles)
        .number(height)
        .number(tiles)
        .reads(memory, MachineTiles.FLAGS, (long) tiles * height * Integer.BYTES)
        .writes(product.c(), c, cBytes)
        .number((long) product.ldc() * Float.BYTES);
    Calls.reads(
        arguments, end.bias(), (long) fromColumn * Float.BYTES, (long) columns * Float.BYTES);
    Calls.reads(arguments, end.residual(), c, cBytes);
    arguments.number(end.low()).number(end.high()).number(count);
    vectors.giveLanes(arguments, columns - (count - 1) * width);
    arguments.call(codes.get(MachineTiles.number(product, true)));
  }
}
