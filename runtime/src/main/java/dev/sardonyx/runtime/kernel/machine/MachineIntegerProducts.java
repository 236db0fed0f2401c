package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.IntegerEnding;
import dev.sardonyx.runtime.kernel.IntegerPanels;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.IntegerRows;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;

/**
 * Products of 8-bit numbers. Short lines go by two, long ones in tiles of even height; a call takes
 * as many panels as are done in a fraction of a millisecond.
 */
final class MachineIntegerProducts {
  /** Products of one call: some 100 microseconds. */
  private static final long MOST_WORK = 16 << 20;

  private static final int WIDTH = IntegerPanels.WIDTH;
  private static final int HALF = WIDTH / 2;

  private final CodeLibrary library;
  private final ByteProducts way;
  private final CodeTable codes;
  private final Trials trials;

  MachineIntegerProducts(CodeLibrary library, ByteProducts way) {
    this.library = library;
    this.way = way;
    codes =
        library.table(
            IntegerProductShape.COUNT,
            number -> {
              IntegerProductShape shape = IntegerProductShape.of(number);
              return MachineCode.install(
                  "integer product " + shape, IntegerProductCode.write(way, shape));
            });
    trials = new Trials(new IntegerProductTrial(this));
  }

  /** Rows of the tallest tile. */
  int tallest() {
    return way.tallest();
  }

  /** What can be tried. */
  Trials trials() {
    return trials;
  }

  /** Whether a product lies off the heap, and the code for its lines computes what it should. */
  boolean takes(IntegerProduct product, int lines) {
    boolean scaled = !(product.ending() instanceof IntegerEnding.Bytes b) || b.scales().isNative();
    return scaled
        && product.a().x().isNative()
        && product.b().values().isNative()
        && product.addends().isNative()
        && product.c().isNative()
        && product.a().k() > 0
        && (lines < 2 || trials.pass(number(product, isByTwo(product))))
        && (lines % 2 == 0 && isByTwo(product) || trials.pass(number(product, false)));
  }

  private boolean isByTwo(IntegerProduct product) {
    return product.pixels() <= way.tallest() / 2;
  }

  private int number(IntegerProduct product, boolean twoLines) {
    int pixels = product.pixels();
    int height = twoLines ? 2 * pixels : Math.ceilDiv(pixels, tiles(pixels));
    boolean low = !twoLines && pixels % tiles(pixels) != 0;
    return IntegerProductShape.number(height, low, twoLines, product.ending());
  }

  private int tiles(int pixels) {
    return Math.ceilDiv(pixels, way.tallest());
  }

  /** Computes some lines and columns. */
  void compute(IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    int pairs = isByTwo(product) ? (toLine - fromLine) / 2 : 0;
    int middle = fromLine + 2 * pairs;
    if (pairs > 0) {
      pieces(product, fromLine, middle, fromColumn, toColumn, true);
    }
    if (middle < toLine) {
      pieces(product, middle, toLine, fromColumn, toColumn, false);
    }
  }

  private void pieces(
      IntegerProduct product,
      int fromLine,
      int toLine,
      int fromColumn,
      int toColumn,
      boolean twoLines) {
    long line = (long) product.pixels() * product.a().k() * WIDTH;
    int unit = twoLines ? 2 : 1;
    int lines = (int) Math.max(unit, MOST_WORK / line / unit * unit);
    for (int from = fromLine; from < toLine; from += lines) {
      int to = Math.min(toLine, from + lines);
      int columns = (int) Math.max(1, MOST_WORK / (line * (to - from))) * WIDTH;
      for (int column = fromColumn; column < toColumn; column += columns) {
        Cancellation.poll();
        int end = (int) Math.min(toColumn, (long) column + columns);
        call(product, from, to, column, end, twoLines);
      }
    }
  }

  private void call(
      IntegerProduct product,
      int fromLine,
      int toLine,
      int fromColumn,
      int toColumn,
      boolean twoLines) {
    IntegerRows a = product.a();
    int pixels = product.pixels();
    int lines = toLine - fromLine;
    int unit = twoLines ? 2 : 1;
    int tiles = twoLines ? 1 : tiles(pixels);
    int low = twoLines ? 0 : tiles * Math.ceilDiv(pixels, tiles) - pixels;
    int columns = toColumn - fromColumn;
    int panels = Math.ceilDiv(columns, WIDTH);
    int elementBytes = product.ending().bytes();
    long rows = (long) lines * pixels;
    long last = a.at(toLine - 1, pixels - 1) + (a.runs() - 1) * a.runPitch() + a.runBytes();
    long first = a.at(fromLine, 0);
    long c = ((long) fromLine * pixels * product.ldc() + fromColumn) * elementBytes;
    Arguments arguments =
        library
            .arguments()
            .reads(a.x(), first, last - first)
            .number(unit * a.linePitch())
            .number(a.linePitch())
            .number(a.pixelPitch())
            .number(a.runs())
            .number(a.runPitch() - a.runBytes())
            .number(a.runBytes() / IntegerPanels.GROUP)
            .reads(product.b().values(), (long) fromColumn * a.k(), (long) panels * WIDTH * a.k())
            .number(panels)
            .number(lines / unit)
            .number(tiles - low)
            .number(low)
            .writes(product.c(), c, ((rows - 1) * product.ldc() + columns) * elementBytes)
            .number((long) product.ldc() * elementBytes)
            .reads(product.addends(), (long) fromColumn * Integer.BYTES, words(panels));
    ending(arguments, product.ending(), fromColumn, panels);
    int lanes = columns - (panels - 1) * WIDTH;
    arguments.number(half(lanes)).number(half(lanes - HALF));
    arguments.call(codes.get(number(product, twoLines)));
  }

  /** Gives what an ending takes: scales, bounds and zero point. */
  static void ending(Arguments arguments, IntegerEnding ending, int fromColumn, int panels) {
    switch (ending) {
      case IntegerEnding.Sums _ -> arguments.nothing().number(0).number(0).number(0);
      case IntegerEnding.Bytes bytes ->
          arguments
              .reads(bytes.scales(), (long) fromColumn * Float.BYTES, words(panels))
              .number((float) bytes.low())
              .number((float) bytes.high())
              .number(bytes.zero());
    }
  }

  private static long words(int panels) {
    return (long) panels * WIDTH * Integer.BYTES;
  }

  /** By which code knows the columns in a half of the last panel. */
  private long half(int lanes) {
    int columns = Math.clamp(lanes, 0, HALF);
    return switch (way) {
      case LONG -> (1L << columns) - 1;
      case SHORT, WORDS -> columns;
    };
  }
}
