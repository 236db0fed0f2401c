package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Convolutions of pictures of few channels. Lines of the input are kept with their padding, the
 * columns of each remainder by the stride together; what a tap meets for the pixels of a line of
 * the output then lies together as well. Tiles of pixels read it there; where they would end far
 * behind the lines, it is copied to the tap's row of a block of pixels.
 */
final class Planes {

  /** Pixels of a block: whole tiles of 14 and of 6, no more than a row has room for. */
  private static final int PIXELS = 224;

  /** One of so many columns may be computed in vain; copying them takes as long. */
  private static final int SPARE = 8;

  private final BlockOperations blocks;
  private final PlaneTiles tiles;

  /** Where the row of each tap begins in a block of pixels. */
  private final int[] rows = new int[PlaneConvolution.MOST_TAPS];

  Planes(BlockOperations blocks, PlaneTiles tiles) {
    this.blocks = blocks;
    this.tiles = tiles;
    Arrays.setAll(rows, i -> i * Products.PITCH);
  }

  /** Lines of y. */
  void run(PlaneConvolution p, int fromLine, int toLine, HotArrays arrays) {
    ConvolutionGeometry g = p.geometry();
    int height = g.height().output();
    int most = Math.clamp(PIXELS / g.outWidth(), 1, height);
    blocks.rows(arrays, (g.taps() + 1) * Products.PITCH);
    blocks.requireSums(arrays, (PIXELS + tiles.pixels()) * blocks.panelWidth());
    PlaneLines lines = arrays.planeLines();
    lines.begin(g, most, tiles.pixels());
    int computed = Math.ceilDiv(g.outWidth(), tiles.pixels()) * tiles.pixels();
    boolean inPlace = computed - g.outWidth() <= g.outWidth() / SPARE;
    int line = fromLine;
    while (line < toLine) {
      int image = line / height;
      int end = Math.min(toLine, (image + 1) * height);
      lines.image(image);
      while (line < end) {
        int count = Math.min(most, end - line);
        int first = line - image * height;
        lines.read(g, p.x(), first, count, tiles);
        for (int column = 0; column < g.outWidth(); column += PIXELS) {
          Cancellation.poll();
          int columns = Math.min(PIXELS, g.outWidth() - column);
          long pixel = (long) line * g.outWidth() + column;
          if (inPlace) {
            int[] places = lines.places(g, first, count);
            products(p, pixel, count, columns, lines.array(), places, column, arrays);
          } else {
            lines.copyTaps(g, first, count, column, columns, arrays.rows());
            products(p, pixel, 1, count * columns, arrays.rows(), rows, 0, arrays);
          }
        }
        line += count;
      }
    }
  }

  /** The sums of a block of pixels, which lie together in y: some lines of so many pixels each. */
  private void products(
      PlaneConvolution p,
      long pixel,
      int lines,
      int pixels,
      float[] from,
      int[] places,
      int column,
      HotArrays arrays) {
    int width = blocks.panelWidth();
    int taps = p.geometry().taps();
    int outChannels = p.geometry().outChannels();
    float[] panel = arrays.panel(Products.K_BLOCK * width);
    for (int channel = 0; channel < outChannels; channel += width) {
      long weights = (long) channel * taps * Float.BYTES;
      MemorySegment.copy(p.panels(), JAVA_FLOAT_UNALIGNED, weights, panel, 0, taps * width);
      for (int line = 0; line < lines; line++) { // what a tile has beyond a line the next has anew
        for (int i = 0; i < pixels; i += tiles.pixels()) {
          int to = (line * pixels + i) * width;
          tiles.sums(taps, arrays, from, places, line * taps, column + i, to);
        }
      }
      int channels = Math.min(width, outChannels - channel);
      long to = pixel * outChannels + channel;
      blocks.finishSums(
          lines * pixels, channels, width, arrays, p.y(), to, outChannels, p.epilogue(), channel);
    }
  }
}
