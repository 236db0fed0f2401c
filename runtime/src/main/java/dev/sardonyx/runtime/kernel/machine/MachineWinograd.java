package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions by Winograd's transforms: a block of tiles is transformed to left operands of one
 * product for each position of a transformed tile, in memory of the thread; then the products of a
 * position are summed for all panels of out channels, so that nothing is read twice but what stays
 * in the first cache; then the sums are transformed back.
 */
final class MachineWinograd {
  /**
   * Bytes of a block's operands and sums, written and read once: they may take more than the second
   * cache, but weights are read anew for each block.
   */
  private static final int BLOCK_BYTES = 3 << 20;

  /** Tiles of a block: more would not be faster. */
  private static final int MOST_TILES = 112;

  /** Bytes of a line of the cache. */
  private static final int LINE = 64;

  private final CodeLibrary library;
  private final MachineProducts products;
  private final CodeTable inputs;
  private final CodeTable outputs;

  private final VectorLevel level;
  private final int panelWidth;

  MachineWinograd(CodeLibrary library, VectorLevel level, MachineProducts products) {
    this.library = library;
    this.level = level;
    this.panelWidth = level.panelWidth();
    this.products = products;
    this.inputs =
        library.table(
            4,
            number ->
                MachineCode.install(
                    "Winograd input",
                    WinogradInputCode.write(level, 2 + number / 2 * 2, number % 2 == 1)));
    this.outputs =
        library.table(
            WinogradShape.COUNT,
            number -> {
              WinogradShape shape = WinogradShape.of(number);
              return MachineCode.install(shape, WinogradOutputCode.write(shape, level));
            });
  }

  /** Whether all memory of a convolution is off the heap. */
  static boolean takes(WinogradConvolution w) {
    Epilogue epilogue = w.epilogue();
    return w.x().isNative()
        && w.weights().isNative()
        && w.y().isNative()
        && Calls.isNative(epilogue);
  }

  /**
   * Where a block's operands and sums are, in bytes: {@code [position][tile][channel]} both. The
   * distance of positions is an odd number of the cache's lines, so that those of a tile do not
   * fall on one another there.
   */
  private record Block(
      WinogradConvolution w,
      VectorLevel level,
      int fromTile,
      int tiles,
      int fromChannel,
      int toChannel,
      MemorySegment operands,
      MemorySegment sums) {

    long operandPitch() {
      return Math.ceilDiv(w.channels(), level.lanes()) * (long) level.bytes();
    }

    long sumPitch() {
      return Math.ceilDiv(toChannel - fromChannel, level.panelWidth()) * 2L * level.bytes();
    }

    long positionPitch(long pitch) {
      return (Math.ceilDiv(tiles * pitch, LINE) | 1) * LINE;
    }
  }

  /** Tiles and out channels, the latter from a whole panel on. */
  void run(
      WinogradConvolution w,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    int panels = Math.ceilDiv(toChannel - fromChannel, panelWidth);
    long each = (long) w.positions() * (w.channels() + panels * panelWidth) * Float.BYTES;
    int most = Math.clamp(BLOCK_BYTES / each, 2 * level.tallest(), MOST_TILES);
    int count = Math.ceilDiv(toTile - fromTile, most);
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromTile + (int) ((long) (toTile - fromTile) * i / count);
      int to = fromTile + (int) ((long) (toTile - fromTile) * (i + 1) / count);
      int tiles = to - from;
      var sizes =
          new Block(
              w,
              level,
              from,
              tiles,
              fromChannel,
              toChannel,
              MemorySegment.NULL,
              MemorySegment.NULL);
      long operands = w.positions() * sizes.positionPitch(sizes.operandPitch());
      long sums = w.positions() * sizes.positionPitch(sizes.sumPitch());
      run(
          new Block(
              w,
              level,
              from,
              tiles,
              fromChannel,
              toChannel,
              arrays.memory(HotArrays.Slot.ROWS, operands),
              arrays.memory(HotArrays.Slot.SUMS, sums)));
    }
  }

  private void run(Block b) {
    for (int tile = 0; tile < b.tiles(); tile += beside(b, tile)) {
      Cancellation.poll();
      input(b, tile, beside(b, tile));
    }
    for (int position = 0; position < b.w().positions(); position++) {
      products(b, position);
    }
    for (int tile = 0; tile < b.tiles(); tile += beside(b, tile)) {
      Cancellation.poll();
      output(b, tile, beside(b, tile));
    }
  }

  /** The tiles of a block from one on that lie side by side. */
  private static int beside(Block b, int tile) {
    int across = b.w().tilesAcross();
    return Math.min(across - (b.fromTile() + tile) % across, b.tiles() - tile);
  }

  /** The channels of the last vector. */
  private void giveLast(Arguments arguments, int channels) {
    level.giveLanesOfOne(arguments, (channels - 1) % level.lanes() + 1);
  }

  /** Transforms the pixels of tiles side by side. */
  private void input(Block b, int tile, int count) {
    WinogradConvolution w = b.w();
    int down = (b.fromTile() + tile) / w.tilesAcross();
    int image = down / w.tilesDown();
    int top = (down - image * w.tilesDown()) * w.size() - w.height().padBefore();
    int left = (b.fromTile() + tile - down * w.tilesAcross()) * w.size() - w.width().padBefore();
    int height = w.height().size();
    int width = w.width().size();
    int firstLine = Math.clamp(top, 0, height);
    int lines = Math.max(0, Math.min(top + w.reach(), height) - firstLine);
    int first = Math.clamp(left, 0, width);
    int columns = Math.max(0, Math.min(left + count * w.size() + 2, width) - first);
    long pixel = (long) w.channels() * Float.BYTES;
    long line = width * pixel;
    boolean isEmpty = lines == 0 || columns == 0;
    Arguments arguments =
        library
            .arguments()
            .reads(
                w.x(),
                isEmpty ? 0 : ((long) image * height + firstLine) * line + first * pixel,
                isEmpty ? 0 : (lines - 1) * line + columns * pixel)
            .number((top - firstLine) * line + (left - first) * pixel)
            .number(line)
            .number(pixel)
            .number(Math.ceilDiv(w.channels(), level.lanes()));
    giveLast(arguments, w.channels());
    arguments.number(left).number(width).number(count);
    long pitch = b.operandPitch();
    long positionPitch = b.positionPitch(pitch);
    arguments
        .writes(b.operands(), tile * pitch, (w.positions() - 1) * positionPitch + count * pitch)
        .number(positionPitch)
        .number(pitch);
    boolean isInside = top >= 0 && top + w.reach() <= height;
    for (int i = top; i < top + w.reach() && !isInside; i++) {
      arguments.number(i >= 0 && i < height ? -1L : 0L);
      arguments.number((Math.clamp(i, 0, height - 1) - top) * line);
    }
    arguments.call(inputs.get(w.size() - (isInside ? 1 : 2)));
  }

  /** The products of a position. */
  private void products(Block b, int position) {
    WinogradConvolution w = b.w();
    long operandPitch = b.operandPitch();
    long sumPitch = b.sumPitch();
    long panelRow = (long) panelWidth * Float.BYTES;
    products.sum(
        b.operands(),
        position * b.positionPitch(operandPitch),
        operandPitch,
        b.tiles(),
        w.channels(),
        w.weights(),
        ((long) b.fromChannel() / panelWidth * w.positions() + position) * w.channels() * panelRow,
        w.positions() * w.channels() * panelRow,
        Math.ceilDiv(b.toChannel() - b.fromChannel(), panelWidth),
        b.sums(),
        position * b.positionPitch(sumPitch),
        sumPitch);
  }

  /** Transforms the sums of tiles side by side to pixels of y. */
  private void output(Block b, int tile, int count) {
    WinogradConvolution w = b.w();
    Epilogue epilogue = w.epilogue();
    int down = (b.fromTile() + tile) / w.tilesAcross();
    int image = down / w.tilesDown();
    int row = (down - image * w.tilesDown()) * w.size();
    int column = (b.fromTile() + tile - down * w.tilesAcross()) * w.size();
    int height = w.height().output();
    int width = w.width().output();
    int lines = Math.min(w.size(), height - row);
    int columns = Math.min(count * w.size(), width - column);
    int channels = b.toChannel() - b.fromChannel();
    long pixel = (long) w.outChannels() * Float.BYTES;
    long line = width * pixel;
    long to =
        ((long) image * height + row) * line
            + column * pixel
            + (long) b.fromChannel() * Float.BYTES;
    long bytes = (lines - 1) * line + (columns - 1) * pixel + (long) channels * Float.BYTES;
    long pitch = b.sumPitch();
    long positionPitch = b.positionPitch(pitch);
    int vectors = Math.ceilDiv(channels, level.lanes());
    Arguments arguments =
        library
            .arguments()
            .reads(
                b.sums(),
                tile * pitch,
                (w.positions() - 1) * positionPitch
                    + (count - 1) * pitch
                    + (long) vectors * level.bytes())
            .number(positionPitch)
            .number(pitch)
            .number(count)
            .number(vectors);
    giveLast(arguments, channels);
    giveLast(arguments, level.lanes());
    arguments.writes(w.y(), to, bytes).number(line).number(pixel).number(lines).number(columns);
    long bias = (long) b.fromChannel() * Float.BYTES;
    Calls.reads(arguments, epilogue.bias(), bias, (long) channels * Float.BYTES);
    Calls.reads(arguments, epilogue.residual(), to, bytes);
    arguments.number(epilogue.low()).number(epilogue.high());
    arguments.call(outputs.get(number(w)));
  }

  /** The piece of code that makes a convolution's outputs. */
  static int number(WinogradConvolution w) {
    Epilogue epilogue = w.epilogue();
    return WinogradShape.number(
        w.size(),
        epilogue.bias() != null,
        epilogue.residual() != null,
        Calls.ending(epilogue.activation()));
  }
}
