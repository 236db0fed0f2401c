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
 * Products of 8-bit numbers by the tiles of AMX, with the results of {@link MachineIntegerProducts}
 * to the bit. Lines that a tile holds are tiles themselves; longer ones are cut into tiles of one
 * height, of which the last begins some rows early where they do not come out even.
 *
 * <p>The code has run on an emulator alone, never on a processor with AMX; what it costs there is
 * taken from measured rates ({@link TileCosts}).
 */
final class MachineIntegerTiles {
  /** Products of one call: some 100 microseconds. */
  private static final long MOST_WORK = 1 << 26;

  private static final int WIDTH = IntegerPanels.WIDTH;
  private static final int TALLEST = IntegerTileCode.TALLEST;

  private final CodeLibrary library;
  private final boolean there;
  private final IntegerTileShapes shapes = new IntegerTileShapes();
  private final CodeTable codes;
  private final Trials trials;

  /**
   * Products by tiles.
   *
   * @param there whether the processor has what the code is made of
   */
  MachineIntegerTiles(CodeLibrary library, boolean there) {
    this.library = library;
    this.there = there;
    codes =
        library.table(
            2,
            number ->
                MachineCode.install(
                    IntegerTileTrial.describe(number), IntegerTileCode.write(number == 1)));
    trials = new Trials(new IntegerTileTrial(this));
  }

  /** Whether the processor has what the code is made of. */
  boolean isThere() {
    return there;
  }

  /** What can be tried. */
  Trials trials() {
    return trials;
  }

  /** Whether lines of a product are done sooner than by vectors, and as they should be. */
  boolean takes(IntegerProduct product, int lines) {
    IntegerRows a = product.a();
    boolean scaled = !(product.ending() instanceof IntegerEnding.Bytes b) || b.scales().isNative();
    return there
        && scaled
        && a.x().isNative()
        && product.b().values().isNative()
        && product.addends().isNative()
        && product.c().isNative()
        && a.k() > 0
        && TileCosts.paysInIntegers(
            (long) lines * tiles(product.pixels()),
            (long) lines * product.pixels(),
            product.n(),
            Math.multiplyExact(a.runs(), Math.ceilDiv(a.runBytes(), IntegerTileCode.STEP)),
            a.k())
        && trials.pass(number(product));
  }

  private static int number(IntegerProduct product) {
    return product.ending() instanceof IntegerEnding.Bytes ? 1 : 0;
  }

  /** Tiles of a line. */
  private static int tiles(int pixels) {
    return Math.ceilDiv(pixels, TALLEST);
  }

  /** Computes some lines and columns. */
  void compute(IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    long line = (long) product.pixels() * product.a().k() * WIDTH;
    int lines = Math.clamp(MOST_WORK / line, 1, toLine - fromLine);
    for (int from = fromLine; from < toLine; from += lines) {
      int to = Math.min(toLine, from + lines);
      int columns = (int) Math.max(1, MOST_WORK / (line * (to - from))) * WIDTH;
      for (int column = fromColumn; column < toColumn; column += columns) {
        Cancellation.poll();
        call(product, from, to, column, (int) Math.min(toColumn, (long) column + columns));
      }
    }
  }

  private void call(
      IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    IntegerRows a = product.a();
    int pixels = product.pixels();
    int lines = toLine - fromLine;
    int tiles = tiles(pixels);
    int height = Math.ceilDiv(pixels, tiles);
    boolean whole = tiles == 1;
    int columns = toColumn - fromColumn;
    int panels = Math.ceilDiv(columns, WIDTH);
    int steps = a.runBytes() / IntegerTileCode.STEP;
    int rest = a.runBytes() % IntegerTileCode.STEP / IntegerPanels.GROUP;
    long elementBytes = product.ending().bytes();
    long pitch = product.ldc() * elementBytes;
    long last = a.at(toLine - 1, pixels - 1) + (a.runs() - 1) * a.runPitch() + a.runBytes();
    long first = a.at(fromLine, 0);
    long c = ((long) fromLine * pixels * product.ldc() + fromColumn) * elementBytes;
    Arguments arguments =
        library
            .arguments()
            .reads(a.x(), first, last - first)
            .number(a.pixelPitch())
            .number(a.runs())
            .number(a.runPitch() - (long) steps * IntegerTileCode.STEP)
            .number(steps)
            .number(rest * IntegerTileCode.GROUP_BYTES)
            .reads(product.b().values(), (long) fromColumn * a.k(), (long) panels * WIDTH * a.k())
            .number(panels)
            .reads(shapes.memory(), shapes.of(height, rest), TileShapes.BYTES)
            .number(height)
            .number(whole ? 1 : lines)
            .number(a.linePitch())
            .number(pixels * pitch)
            .number(whole ? lines : tiles)
            .number(whole ? 1 : height)
            .number(whole ? lines - 1 : pixels - height)
            .number(whole ? a.linePitch() : a.pixelPitch())
            .number(whole ? pixels * pitch : pitch)
            .writes(product.c(), c, ((long) lines * pixels - 1) * pitch + columns * elementBytes)
            .number(pitch)
            .reads(product.addends(), (long) fromColumn * Integer.BYTES, words(panels));
    MachineIntegerProducts.ending(arguments, product.ending(), fromColumn, panels);
    int lanes = columns - (panels - 1) * WIDTH;
    arguments.number(mask(lanes)).number(mask(lanes - WIDTH / 2));
    arguments.call(codes.get(number(product)));
  }

  private static long mask(int lanes) {
    return (1L << Math.clamp(lanes, 0, WIDTH / 2)) - 1;
  }

  private static long words(int panels) {
    return (long) panels * WIDTH * Integer.BYTES;
  }
}
