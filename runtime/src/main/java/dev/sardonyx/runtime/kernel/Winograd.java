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

  /** Tiles of a block: enough to make up for reading a panel. */
  private static final int MOST_TILES = 112;

  /** Channels that are transformed together: they stay in the L1 cache. */
  private static final int CHANNELS = 64;

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

  Winograd(BlockOperations blocks, WinogradTransforms transforms) {
    this.blocks = blocks;
    this.transforms = transforms;
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
    for (int i = 0; i < count; i++) { // blocks of nearly one size
      int from = fromTile + (int) ((long) (toTile - fromTile) * i / count);
      int to = fromTile + (int) ((long) (toTile - fromTile) * (i + 1) / count);
      int rows = Math.ceilDiv(to - from, blocks.tallest()) * blocks.tallest();
      int pitch = kBlocks * rows * Products.PITCH;
      blocks.rows(arrays, w.positions() * pitch);
      for (int tile = from; tile < to; tile++) {
        Cancellation.poll();
        input(w, tile, arrays, tile - from, rows, pitch);
      }
      for (int channel = fromChannel; channel < toChannel; channel += blocks.panelWidth()) {
        Cancellation.poll();
        int channels = Math.min(blocks.panelWidth(), toChannel - channel);
        panel(w, from, to - from, channel, channels, rows, pitch, arrays);
      }
    }
  }

  /** Transforms the pixels of a tile into row {@code row} of the left operand of each position. */
  private void input(
      WinogradConvolution w, int tile, HotArrays arrays, int row, int rows, int pitch) {
    int reach = w.reach();
    int channels = w.channels();
    float[] patch = arrays.patch(w.positions() * (channels + CHANNELS));
    gather(w, tile, patch);
    float[] half = arrays.half(w.positions() * CHANNELS);
    float[] left = arrays.rows();
    for (int c = 0; c < channels; c += CHANNELS) {
      int n = Math.min(CHANNELS, channels - c);
      int at = c / Products.K_BLOCK * rows * Products.PITCH;
      int to = at + row * Products.PITCH + c % Products.K_BLOCK;
      int line = reach * CHANNELS;
      if (w.size() == 4) {
        transforms.input4(reach, n, patch, c, reach * channels, channels, half, 0, line, CHANNELS);
        transforms.input4(reach, n, half, 0, CHANNELS, line, left, to, pitch, reach * pitch);
      } else {
        transforms.input2(reach, n, patch, c, reach * channels, channels, half, 0, line, CHANNELS);
        transforms.input2(reach, n, half, 0, CHANNELS, line, left, to, pitch, reach * pitch);
      }
    }
  }

  /** The pixels that a tile reads, {@code [row][column][channel]}, zero in the padding. */
  private static void gather(WinogradConvolution w, int tile, float[] patch) {
    int reach = w.reach();
    int channels = w.channels();
    int down = tile / w.tilesAcross();
    int image = down / w.tilesDown();
    int top = (down - image * w.tilesDown()) * w.size() - w.height().padBefore();
    int left = (tile - down * w.tilesAcross()) * w.size() - w.width().padBefore();
    int width = w.width().size();
    int first = Math.clamp(-left, 0, reach) * channels;
    int end = Math.max(first, Math.clamp(width - left, 0, reach) * channels);
    int line = reach * channels;
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
      int firstTile,
      int tiles,
      int channel,
      int channels,
      int rows,
      int pitch,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int output = w.size() * width; // pixels of a row of the output come first
    blocks.requireSums(arrays, output + (w.positions() * rows + Products.MOST_ROWS) * width);
    long panel = (long) channel * w.positions() * w.channels();
    for (int p = 0; p < w.positions(); p++) {
      for (int from = 0; from < w.channels(); from += Products.K_BLOCK) {
        int k = Math.min(Products.K_BLOCK, w.channels() - from);
        int block = p * pitch + from / Products.K_BLOCK * rows * Products.PITCH;
        long at = panel + ((long) p * w.channels() + from) * width;
        products(from == 0, w.weights(), at, k, block, tiles, output + p * rows * width, arrays);
      }
    }
    for (int tile = 0; tile < tiles; tile++) {
      output(w, firstTile + tile, channel, channels, output + tile * width, rows * width, arrays);
    }
  }

  /** Adds the products of a block of tiles and a panel to sums. */
  private void products(
      boolean anew,
      MemorySegment weights,
      long panel,
      int k,
      int block,
      int tiles,
      int to,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    if (tiles <= blocks.tallest()) {
      blocks.fewRows(anew, tiles, 1, k, arrays, block, weights, panel, 0, to);
      return;
    }
    int row = blocks.firstHeight(tiles);
    blocks.firstTile(anew, row, k, arrays, block, weights, panel, to);
    while (row < tiles) {
      int height = blocks.height(tiles - row);
      blocks.tile(anew, height, k, arrays, block + row * Products.PITCH, to + row * width);
      row += height;
    }
  }

  /** Transforms the products of a tile back and writes its pixels. */
  private void output(
      WinogradConvolution w,
      int tile,
      int channel,
      int channels,
      int at,
      int position,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int reach = w.reach();
    int size = w.size();
    float[] sums = arrays.sums(0);
    float[] half = arrays.half(w.positions() * width);
    int line = reach * width;
    if (size == 4) {
      transforms.output4(reach, width, sums, at, reach * position, position, half, 0, line, width);
    } else {
      transforms.output2(reach, width, sums, at, reach * position, position, half, 0, line, width);
    }
    int down = tile / w.tilesAcross();
    int image = down / w.tilesDown();
    int row = (down - image * w.tilesDown()) * size;
    int column = (tile - down * w.tilesAcross()) * size;
    int outWidth = w.width().output();
    int outHeight = w.height().output();
    int pixels = Math.min(size, outWidth - column);
    for (int i = 0; i < size && row + i < outHeight; i++) {
      if (size == 4) {
        transforms.output4(1, width, half, i * line, width, 0, sums, 0, width, 0);
      } else {
        transforms.output2(1, width, half, i * line, width, 0, sums, 0, width, 0);
      }
      long pixel = ((long) image * outHeight + row + i) * outWidth + column;
      long to = pixel * w.outChannels() + channel;
      blocks.finishSums(
          pixels, channels, width, arrays, w.y(), to, w.outChannels(), w.epilogue(), channel);
    }
  }
}
