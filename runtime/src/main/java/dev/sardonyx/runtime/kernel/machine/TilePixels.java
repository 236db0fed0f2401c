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
 * for each element of the kernel that meets it. They lie as {@link TileLines} says, so that all
 * that an element of the kernel meets is the same distance away; a row of a tile that begins in the
 * zeros between lines has no row of C. Sums are added in the order of copied rows, so they have the
 * same bits.
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

  /** Whether the pixels of a convolution are. */
  static boolean takes(ConvolutionGeometry g) {
    return g.groups() == 1
        && g.channels() % SplitCode.STEP == 0
        && g.channels() <= MOST_CHANNELS
        && g.depth().equals(Axis.SINGLE)
        && TileLines.takes(g.height())
        && TileLines.takes(g.width());
  }

  private static ConvolutionGeometry geometry(Product product) {
    return ((PixelRows) product.a()).geometry();
  }

  private static int steps(ConvolutionGeometry g) {
    return g.channels() / SplitCode.STEP;
  }

  private static int rowBytes(Product product) {
    return product.panels().split().parts() * SplitCode.TILE_ROW;
  }

  /** From a step to the next, with what the last tile reads of nothing. */
  private static long stepBytes(Product product, int lines) {
    return (long) (TileLines.places(geometry(product), lines) + TALLEST) * rowBytes(product);
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
    ConvolutionGeometry g = geometry(product);
    int across = g.outWidth();
    int most = mostLines(product);
    int row = fromRow;
    while (row < toRow) {
      int image = row / g.outPixels();
      int line = (row - image * g.outPixels()) / across;
      int all = Math.min(g.outPixels(), (line + most) * across);
      int end = Math.min(toRow, image * g.outPixels() + all);
      int last = (end - 1 - image * g.outPixels()) / across;
      int lines = last - line + 1;
      if (split(product, aOffset, image, line, lines, arrays)) {
        int begin = row - image * g.outPixels() - line * across;
        int finish = end - image * g.outPixels() - last * across;
        finish += (lines - 1) * TileLines.pitch(g.width());
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
  static int mostLines(Product product) {
    ConvolutionGeometry g = geometry(product);
    long more = TileLines.places(g, 2) - TileLines.places(g, 1);
    long bytes = more * rowBytes(product) * steps(g);
    int above = TileLines.lines(g, 0);
    return Math.clamp(MOST_BYTES / bytes - above, 1, g.height().output());
  }

  /** Splits what some lines of the output meet; whether all numbers have parts. */
  private boolean split(
      Product product, long aOffset, int image, int line, int lines, HotArrays arrays) {
    ConvolutionGeometry g = geometry(product);
    MemorySegment memory = memory(product, arrays);
    memory.set(JAVA_INT, 0, 0);
    for (int down = 0; down < TileLines.turns(g.height()); down++) {
      for (int across = 0; across < TileLines.turns(g.width()); across++) {
        for (int i = 0; i < TileLines.lines(g, lines); i++) {
          Cancellation.poll();
          int at = TileLines.place(g, lines, down, across, i);
          int from = TileLines.index(g.height(), down, line + i);
          line(product, aOffset, image, from, across, lines, at, arrays);
        }
      }
    }
    int rest = TileLines.rest(g.width());
    zeros(product, lines, TileLines.places(g, lines) - rest, rest, arrays);
    return memory.get(JAVA_INT, 0) == 0;
  }

  /** Splits a turn of a line of the input, or zeros where there is none. */
  private void line(
      Product product,
      long aOffset,
      int image,
      int line,
      int turn,
      int lines,
      int place,
      HotArrays arrays) {
    var pixels = (PixelRows) product.a();
    ConvolutionGeometry g = pixels.geometry();
    int pitch = TileLines.pitch(g.width());
    if (line < 0 || line >= g.height().size()) {
      zeros(product, lines, place, pitch, arrays);
      return;
    }
    int first = TileLines.zeros(g.width(), turn);
    int end = TileLines.end(g.width(), turn);
    long pixel = ((long) image * g.height().size() + line) * g.width().size();
    pixel += TileLines.index(g.width(), turn, first);
    long from = (aOffset + pixel * g.channels()) * Float.BYTES;
    long step = (long) g.width().stride() * g.channels() * Float.BYTES;
    zeros(product, lines, place, first, arrays);
    split(product, lines, pixels.x(), from, step, end - first, place + first, arrays);
    zeros(product, lines, place + end, pitch - end, arrays);
  }

  private void zeros(Product product, int lines, int place, int count, HotArrays arrays) {
    split(product, lines, zeros, 0, 0, count, place, arrays);
  }

  private void split(
      Product product,
      int lines,
      MemorySegment x,
      long from,
      long pitch,
      int count,
      int place,
      HotArrays arrays) {
    ConvolutionGeometry g = geometry(product);
    MemorySegment memory = memory(product, arrays);
    int rowBytes = rowBytes(product);
    long stepBytes = stepBytes(product, lines);
    for (int done = 0; done < count; done += MOST_ROWS) {
      int some = Math.min(MOST_ROWS, count - done);
      library
          .arguments()
          .reads(x, from + done * pitch, (some - 1) * pitch + (long) g.channels() * Float.BYTES)
          .number(pitch)
          .number(some)
          .number(1)
          .writes(
              parts(product, lines, arrays),
              (long) (place + done) * rowBytes,
              (steps(g) - 1) * stepBytes + (long) some * rowBytes)
          .number(0)
          .number(steps(g))
          .number(0)
          .writes(memory, MachineTiles.FLAGS, (long) some * Integer.BYTES)
          .number(0)
          .writes(memory, 0, Integer.BYTES)
          .number(-1)
          .number(stepBytes)
          .call(splits.get(product.panels().split().parts() - 1));
    }
  }

  private static MemorySegment parts(Product product, int lines, HotArrays arrays) {
    long bytes = steps(geometry(product)) * stepBytes(product, lines);
    return arrays.memory(HotArrays.Slot.PARTS, bytes);
  }

  /** What the thread has for sums and flags, with the distances of steps behind. */
  private static MemorySegment memory(Product product, HotArrays arrays) {
    long distances = (long) product.k() / SplitCode.STEP * Long.BYTES;
    return arrays.memory(HotArrays.Slot.TILES, MachineTiles.SUMS_END + distances);
  }

  /** Multiplies places of lines that are split, of which the first with a row is a row of C. */
  private void blocks(
      Product product,
      int lines,
      long panelsOffset,
      long cOffset,
      int row,
      int begin,
      int finish,
      int fromColumn,
      int toColumn,
      HotArrays arrays) {
    MemorySegment memory = memory(product, arrays);
    distances(product, lines, memory);
    int width = MachineKernels.WIDTH;
    int count = Math.ceilDiv(finish - begin, MOST_ROWS);
    int to = row;
    for (int i = 0; i < count; i++) { // of nearly one size
      int from = begin + (int) ((long) (finish - begin) * i / count);
      int end = begin + (int) ((long) (finish - begin) * (i + 1) / count);
      int rows = flags(geometry(product), from, end, memory);
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

  private static void distances(Product product, int lines, MemorySegment memory) {
    ConvolutionGeometry g = geometry(product);
    long stepBytes = stepBytes(product, lines);
    long at = MachineTiles.SUMS_END;
    for (int down = 0; down < g.height().kernel(); down++) {
      for (int across = 0; across < g.width().kernel(); across++) {
        long distance = (long) TileLines.distance(g, lines, down, across) * rowBytes(product);
        for (int step = 0; step < steps(g); step++) {
          memory.set(JAVA_LONG, at, distance + step * stepBytes);
          at += Long.BYTES;
        }
      }
    }
  }

  /** Tells which places have rows of C, and how many do. */
  private static int flags(ConvolutionGeometry g, int from, int end, MemorySegment memory) {
    int places = Math.ceilDiv(end - from, TALLEST) * TALLEST;
    int pitch = TileLines.pitch(g.width());
    int across = g.outWidth();
    int rows = 0;
    for (int i = 0; i < places; i++) {
      boolean there = from + i < end && (from + i) % pitch < across;
      memory.set(JAVA_INT, MachineTiles.FLAGS + (long) i * Integer.BYTES, there ? 0 : -1);
      rows += there ? 1 : 0;
    }
    return rows;
  }

  private void call(
      Product product,
      int lines,
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
    ConvolutionGeometry g = geometry(product);
    MemorySegment memory = memory(product, arrays);
    int width = MachineKernels.WIDTH;
    int tiles = Math.ceilDiv(to - from, TALLEST);
    int height = Math.ceilDiv(to - from, tiles);
    int columns = toColumn - fromColumn;
    int count = Math.ceilDiv(columns, width);
    int steps = product.k() / SplitCode.STEP;
    long panelPitch = 2L * steps * rowBytes(product) * TALLEST;
    long panel = panelsOffset / ((long) product.k() * width) + fromColumn / width;
    long first = (long) from * rowBytes(product);
    long c = (cOffset + (long) row * product.ldc() + fromColumn) * Float.BYTES;
    long cBytes = ((rows - 1L) * product.ldc() + columns) * Float.BYTES;
    Arguments arguments = library.arguments();
    arguments
        .reads(parts(product, lines, arrays), first, steps(g) * stepBytes(product, lines) - first)
        .number((long) height * rowBytes(product))
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
