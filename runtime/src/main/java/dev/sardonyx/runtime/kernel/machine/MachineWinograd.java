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
  private final ProductCalls products;
  private final CodeTable inputs;
  private final CodeTable outputs;

  private final VectorLevel level;
  private final int panelWidth;

  MachineWinograd(CodeLibrary library, VectorLevel level, ProductCalls products) {
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

  /** Bytes from a tile to the next of operands, which lie {@code [position][tile][channel]}. */
  private long operandPitch(WinogradConvolution w) {
    return Math.ceilDiv(w.channels(), level.lanes()) * (long) level.bytes();
  }

  /** The same of sums. */
  private long sumPitch(int outChannels) {
    return Math.ceilDiv(outChannels, panelWidth) * 2L * level.bytes();
  }

  /**
   * Bytes from a position to the next: an odd number of the cache's lines, so that those of a tile
   * do not fall on one another there.
   */
  private static long positionPitch(int tiles, long pitch) {
    return (Math.ceilDiv(tiles * pitch, LINE) | 1) * LINE;
  }

  /** Tiles and out channels, the latter from a whole panel on. */
  void run(
      WinogradConvolution w,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    int count = blocks(w, toTile - fromTile, toChannel - fromChannel);
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromTile + (int) ((long) (toTile - fromTile) * i / count);
      int to = fromTile + (int) ((long) (toTile - fromTile) * (i + 1) / count);
      block(w, from, to - from, fromChannel, toChannel, arrays);
    }
  }

  /** Blocks that so many tiles and out channels take. */
  private int blocks(WinogradConvolution w, int tiles, int channels) {
    int panels = Math.ceilDiv(channels, panelWidth);
    long each = (long) w.positions() * (w.channels() + panels * panelWidth) * Float.BYTES;
    int most = Math.clamp(BLOCK_BYTES / each, 2 * level.tallest(), MOST_TILES);
    return Math.ceilDiv(tiles, most);
  }

  /** Whether the code of the products of all blocks passes its trial. */
  boolean passes(WinogradConvolution w, int tiles, int channels, MachineProducts products) {
    int blocks = blocks(w, tiles, channels);
    return blocks == 0
        || products.sumsPass(tiles / blocks, channels)
            && products.sumsPass(Math.ceilDiv(tiles, blocks), channels);
  }

  private void block(
      WinogradConvolution w,
      int fromTile,
      int tiles,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    MemorySegment operands =
        arrays.memory(HotArrays.Slot.ROWS, w.positions() * positionPitch(tiles, operandPitch(w)));
    MemorySegment sums =
        arrays.memory(
            HotArrays.Slot.SUMS,
            w.positions() * positionPitch(tiles, sumPitch(toChannel - fromChannel)));
    int count;
    for (int tile = 0; tile < tiles; tile += count) {
      Cancellation.poll();
      count = beside(w, fromTile + tile, tiles - tile);
      input(w, fromTile, tiles, tile, count, operands);
    }
    for (int position = 0; position < w.positions(); position++) {
      products(w, tiles, fromChannel, toChannel, position, operands, sums);
    }
    for (int tile = 0; tile < tiles; tile += count) {
      Cancellation.poll();
      count = beside(w, fromTile + tile, tiles - tile);
      output(w, fromTile, tiles, fromChannel, toChannel, tile, count, sums);
    }
  }

  /** The tiles from one on that lie side by side, so many at most. */
  private static int beside(WinogradConvolution w, int tile, int most) {
    int across = w.tilesAcross();
    return Math.min(across - tile % across, most);
  }

  /** The channels of the last vector. */
  private void giveLast(Arguments arguments, int channels) {
    level.giveLanesOfOne(arguments, (channels - 1) % level.lanes() + 1);
  }

  /** Transforms the pixels of tiles side by side. */
  private void input(
      WinogradConvolution w, int fromTile, int tiles, int tile, int count, MemorySegment operands) {
    int down = (fromTile + tile) / w.tilesAcross();
    int image = down / w.tilesDown();
    int top = (down - image * w.tilesDown()) * w.size() - w.height().padBefore();
    int left = (fromTile + tile - down * w.tilesAcross()) * w.size() - w.width().padBefore();
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
    long pitch = operandPitch(w);
    long positionPitch = positionPitch(tiles, pitch);
    arguments
        .writes(operands, tile * pitch, (w.positions() - 1) * positionPitch + count * pitch)
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
  private void products(
      WinogradConvolution w,
      int tiles,
      int fromChannel,
      int toChannel,
      int position,
      MemorySegment operands,
      MemorySegment sums) {
    long operandPitch = operandPitch(w);
    long sumPitch = sumPitch(toChannel - fromChannel);
    long panelRow = (long) panelWidth * Float.BYTES;
    products.sum(
        operands,
        position * positionPitch(tiles, operandPitch),
        operandPitch,
        tiles,
        w.channels(),
        w.weights(),
        ((long) fromChannel / panelWidth * w.positions() + position) * w.channels() * panelRow,
        w.positions() * w.channels() * panelRow,
        Math.ceilDiv(toChannel - fromChannel, panelWidth),
        sums,
        position * positionPitch(tiles, sumPitch),
        sumPitch);
  }

  /** Transforms the sums of tiles side by side to pixels of y. */
  private void output(
      WinogradConvolution w,
      int fromTile,
      int tiles,
      int fromChannel,
      int toChannel,
      int tile,
      int count,
      MemorySegment sums) {
    Epilogue epilogue = w.epilogue();
    int down = (fromTile + tile) / w.tilesAcross();
    int image = down / w.tilesDown();
    int row = (down - image * w.tilesDown()) * w.size();
    int column = (fromTile + tile - down * w.tilesAcross()) * w.size();
    int height = w.height().output();
    int width = w.width().output();
    int lines = Math.min(w.size(), height - row);
    int columns = Math.min(count * w.size(), width - column);
    int channels = toChannel - fromChannel;
    long pixel = (long) w.outChannels() * Float.BYTES;
    long line = width * pixel;
    long to =
        ((long) image * height + row) * line + column * pixel + (long) fromChannel * Float.BYTES;
    long bytes = (lines - 1) * line + (columns - 1) * pixel + (long) channels * Float.BYTES;
    long pitch = sumPitch(channels);
    long positionPitch = positionPitch(tiles, pitch);
    int vectors = Math.ceilDiv(channels, level.lanes());
    Arguments arguments =
        library
            .arguments()
            .reads(
                sums,
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
    long bias = (long) fromChannel * Float.BYTES;
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
