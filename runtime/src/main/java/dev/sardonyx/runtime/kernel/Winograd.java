package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Convolutions by Winograd's transforms: a block of tiles is transformed into an array that stays
 * in the L2 cache, as left operands of one product for each position of a transformed tile; then
 * panel by panel of out channels the products are summed and transformed back.
 */
final class Winograd {

  /** Elements of a block of transformed tiles: 1 MiB of floats. */
  private static final int BLOCK_ELEMENTS = 1 << 18;

  /** Tiles of a block: enough to make up for reading a panel, and their sums stay in a cache. */
  private static final int MOST_TILES = 56;

  /** Elements of the pixels that are transformed together: they stay in the first caches. */
  private static final int RUN_ELEMENTS = 1 << 12;

  /** Tiles side by side whose outputs are made together: what lies between stays in L1. */
  private static final int MOST_OUTPUTS = 4;

  /** The rows of B's factors for weights, of F(2, 3) and F(4, 3). */
  private static final double[][] FILTER_2 = {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};

  private static final double[][] FILTER_4 = {
    {1 / 4.0, 0, 0},
    {-1 / 6.0, -1 / 6.0, -1 / 6.0},
    {-1 / 6.0, 1 / 6.0, -1 / 6.0},
    {1 / 24.0, 1 / 12.0, 1 / 6.0},
    {1 / 24.0, -1 / 12.0, 1 / 6.0},
    {0, 0, 1}
  };

  private final BlockOperations blocks;
  private final WinogradTransforms transforms;
  private final PanelTiles panelTiles;

  Winograd(BlockOperations blocks, WinogradTransforms transforms) {
    this.blocks = blocks;
    this.transforms = transforms;
    this.panelTiles = new PanelTiles(blocks);
  }

  /** {@code [panel][position][channel][W]} from {@code [out channel, channel, 3, 3]}. */
  void pack(int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    double[][] filter = size == 2 ? FILTER_2 : FILTER_4;
    int reach = size + 2;
    int width = blocks.panelWidth();
    int panels = Math.ceilDiv(outChannels, width);
    double[] taps = new double[9];
    long left = Cancellation.EVERY;
    for (int out = 0; out < panels * width; out++) {
      long panel = (long) (out / width) * reach * reach * channels * width + out % width;
      for (int c = 0; c < channels; c++) {
        left = Cancellation.spend(left, reach * reach);
        for (int i = 0; i < taps.length; i++) {
          long at = ((long) out * channels + c) * taps.length + i;
          taps[i] = out < outChannels ? blocks.get(weights, at) : 0;
        }
        for (int p = 0; p < reach * reach; p++) {
          double value = transformed(filter[p / reach], filter[p % reach], taps);
          blocks.set(to, panel + ((long) p * channels + c) * width, value);
        }
      }
    }
  }

  private static double transformed(double[] down, double[] across, double[] taps) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        sum += down[i] * across[j] * taps[i * 3 + j];
      }
    }
    return sum;
  }

  /** Tiles and out channels, the latter from a whole panel on. */
  void run(
      WinogradConvolution w,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    int kBlocks = Math.ceilDiv(w.channels(), Products.K_BLOCK);
    long each = (long) w.positions() * w.channels();
    int most = Math.clamp(BLOCK_ELEMENTS / each, blocks.tallest(), MOST_TILES);
    int count = Math.ceilDiv(toTile - fromTile, most);
    int groups = Math.ceilDiv(w.reach(), beside(w));
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromTile + (int) ((long) (toTile - fromTile) * i / count);
      int to = fromTile + (int) ((long) (toTile - fromTile) * (i + 1) / count);
      int rows = Math.ceilDiv(to - from, blocks.tallest()) * blocks.tallest();
      int pitch = kBlocks * rows * Products.PITCH;
      blocks.rows(arrays, groups * w.reach() * pitch);
      inputs(w, from, to, rows, pitch, arrays);
      for (int channel = fromChannel; channel < toChannel; channel += blocks.panelWidth()) {
        Cancellation.poll();
        int channels = Math.min(blocks.panelWidth(), toChannel - channel);
        panel(w, from, to, channel, channels, rows, pitch, arrays);
      }
    }
  }

  /**
   * How many rows of positions have their left operands side by side, in rows of the array: memory
   * that few channels leave empty would be read into the caches all the same.
   */
  private int beside(WinogradConvolution w) {
    int together = Math.max(1, Products.K_BLOCK / slot(w));
    int groups = Math.ceilDiv(w.reach(), together);
    return Math.ceilDiv(w.reach(), groups);
  }

  /** The elements of a position in a row of the array, where there are several. */
  private int slot(WinogradConvolution w) {
    return Math.ceilDiv(w.channels(), transforms.lanes()) * transforms.lanes();
  }

  /** The tiles from one on, up to another, that lie side by side; no more than so many. */
  private static int run(WinogradConvolution w, int tile, int end, int most) {
    int left = w.tilesAcross() - tile % w.tilesAcross();
    int runs = Math.ceilDiv(left, most);
    return Math.min(Math.ceilDiv(left, runs), end - tile);
  }

  /** Transforms the pixels of tiles into rows of the left operand of each position. */
  private void inputs(
      WinogradConvolution w, int from, int to, int rows, int pitch, HotArrays arrays) {
    int columns = RUN_ELEMENTS / (w.reach() * w.channels());
    int most = Math.max(1, (columns - 2) / w.size());
    int tile = from;
    while (tile < to) {
      Cancellation.poll();
      int count = run(w, tile, to, most);
      int pixels = (count * w.size() + 2) * w.channels();
      int line = Math.ceilDiv(pixels, transforms.lanes()) * transforms.lanes();
      float[] patch = arrays.patch(w.reach() * line);
      gather(w, tile, count, line, patch);
      float[] half = arrays.half(w.reach() * line + transforms.lanes());
      if (w.size() == 4) {
        transforms.input4(1, pixels, patch, 0, line, 0, half, 0, line, 0);
      } else {
        transforms.input2(1, pixels, patch, 0, line, 0, half, 0, line, 0);
      }
      for (int i = 0; i < count; i++) {
        input(w, i * w.size() * w.channels(), line, tile - from + i, rows, pitch, arrays);
      }
      tile += count;
    }
  }

  /** The second half of the transform of a tile, along its rows. */
  private void input(
      WinogradConvolution w, int at, int line, int row, int rows, int pitch, HotArrays arrays) {
    int channels = w.channels();
    int beside = beside(w);
    int slot = slot(w);
    float[] half = arrays.half(0);
    float[] left = arrays.rows();
    for (int c = 0; c < channels; c += Products.K_BLOCK) {
      int n = Math.min(Products.K_BLOCK, channels - c);
      int block = c / Products.K_BLOCK * rows * Products.PITCH + row * Products.PITCH;
      for (int i = 0; i < w.reach(); i += beside) {
        int lines = Math.min(beside, w.reach() - i);
        int from = i * line + at + c;
        int to = i / beside * w.reach() * pitch + block;
        if (w.size() == 4) {
          transforms.input4(lines, n, half, from, channels, line, left, to, pitch, slot);
        } else {
          transforms.input2(lines, n, half, from, channels, line, left, to, pitch, slot);
        }
      }
    }
  }

  /** The pixels that tiles side by side read, line by line, zero in the padding. */
  private static void gather(WinogradConvolution w, int tile, int count, int line, float[] patch) {
    int reach = w.reach();
    int channels = w.channels();
    int down = tile / w.tilesAcross();
    int image = down / w.tilesDown();
    int top = (down - image * w.tilesDown()) * w.size() - w.height().padBefore();
    int left = (tile - down * w.tilesAcross()) * w.size() - w.width().padBefore();
    int width = w.width().size();
    int columns = count * w.size() + 2;
    int first = Math.clamp(-left, 0, columns) * channels;
    int end = Math.max(first, Math.clamp(width - left, 0, columns) * channels);
    for (int i = 0; i < reach; i++) {
      int row = top + i;
      int to = i * line;
      if (row < 0 || row >= w.height().size()) {
        Arrays.fill(patch, to, to + line, 0f);
        continue;
      }
      Arrays.fill(patch, to, to + first, 0f);
      Arrays.fill(patch, to + end, to + line, 0f);
      if (first < end) {
        long pixel = ((long) image * w.height().size() + row) * width + left;
        long from = (pixel * channels + first) * Float.BYTES;
        MemorySegment.copy(w.x(), JAVA_FLOAT_UNALIGNED, from, patch, to + first, end - first);
      }
    }
  }

  /** A panel of out channels for a block of tiles. */
  private void panel(
      WinogradConvolution w,
      int fromTile,
      int toTile,
      int channel,
      int channels,
      int rows,
      int pitch,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int beside = beside(w);
    int slot = slot(w);
    int output = MOST_OUTPUTS * w.size() * width; // pixels of a line of the output come first
    blocks.requireSums(arrays, output + (w.positions() * rows + Products.MOST_ROWS) * width);
    long panel = (long) channel * w.positions() * w.channels();
    for (int p = 0; p < w.positions(); p++) {
      int down = p / w.reach();
      int left = (down / beside * w.reach() + p % w.reach()) * pitch + down % beside * slot;
      for (int from = 0; from < w.channels(); from += Products.K_BLOCK) {
        int k = Math.min(Products.K_BLOCK, w.channels() - from);
        int block = left + from / Products.K_BLOCK * rows * Products.PITCH;
        long at = panel + ((long) p * w.channels() + from) * width;
        int rest = w.channels() - from - k; // the next position goes on where this one ends
        boolean isLast = rest == 0 && p + 1 == w.positions();
        int ahead = isLast ? 0 : Math.min(Products.K_BLOCK, rest == 0 ? w.channels() : rest);
        int to = output + p * rows * width;
        products(from == 0, w.weights(), at, k, ahead, block, toTile - fromTile, to, arrays);
      }
    }
    int tile = fromTile;
    while (tile < toTile) {
      int count = run(w, tile, toTile, MOST_OUTPUTS);
      int at = output + (tile - fromTile) * width;
      outputs(w, tile, count, channel, channels, at, rows * width, arrays);
      tile += count;
    }
  }

  /** Adds the products of a block of tiles and a panel to sums. */
  private void products(
      boolean anew,
      MemorySegment weights,
      long panel,
      int k,
      int aheadK,
      int block,
      int tiles,
      int to,
      HotArrays arrays) {
    if (tiles <= blocks.tallest()) {
      blocks.fewRows(anew, tiles, 1, k, arrays, block, weights, panel, 0, to);
      return;
    }
    long ahead = panel + (long) k * blocks.panelWidth();
    panelTiles.add(anew, tiles, k, arrays, block, weights, panel, ahead, aheadK, to);
  }

  /** Transforms the products of tiles side by side back and writes their pixels. */
  private void outputs(
      WinogradConvolution w,
      int tile,
      int count,
      int channel,
      int channels,
      int at,
      int position,
      HotArrays arrays) {
    int reach = w.reach();
    int size = w.size();
    int run = count * blocks.panelWidth();
    float[] sums = arrays.sums(0);
    float[] half = arrays.half(size * reach * run);
    if (size == 4) {
      transforms.output4(
          reach, run, sums, at, reach * position, position, half, 0, reach * run, run);
    } else {
      transforms.output2(
          reach, run, sums, at, reach * position, position, half, 0, reach * run, run);
    }
    int down = tile / w.tilesAcross();
    int image = down / w.tilesDown();
    int row = (down - image * w.tilesDown()) * size;
    int column = (tile - down * w.tilesAcross()) * size;
    int outHeight = w.height().output();
    for (int i = 0; i < size && row + i < outHeight; i++) {
      if (size == 4) {
        transforms.output4(1, run, half, i * reach * run, run, 0, sums, 0, run, 0);
      } else {
        transforms.output2(1, run, half, i * reach * run, run, 0, sums, 0, run, 0);
      }
      finish(w, image * outHeight + row + i, column, count, channel, channels, arrays);
    }
  }

  /** Writes a line of tiles side by side: first pixels of all of them, then second ones. */
  private void finish(
      WinogradConvolution w,
      int line,
      int column,
      int count,
      int channel,
      int channels,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int outWidth = w.width().output();
    for (int i = 0; i < w.size() && column + i < outWidth; i++) {
      int pixels = Math.min(count, Math.ceilDiv(outWidth - column - i, w.size()));
      long pixel = (long) line * outWidth + column + i;
      blocks.finishPanels(
          pixels,
          channels,
          width,
          width,
          arrays,
          i * count * width,
          w.y(),
          pixel * w.outChannels() + channel,
          w.size() * w.outChannels(),
          w.epilogue(),
          channel);
    }
  }
}
