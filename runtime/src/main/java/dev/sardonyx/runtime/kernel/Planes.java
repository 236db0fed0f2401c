package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Convolutions of pictures of few channels. Lines of the input are kept with their padding, the
 * columns of each remainder by the stride together; what a tap meets for the pixels of a line of
 * the output then lies together as well, and is copied to the tap's row of a block of pixels.
 */
final class Planes {

  /** Pixels of a block: whole tiles of 14 and of 6, no more than a row has room for. */
  private static final int PIXELS = 224;

  private final BlockOperations blocks;
  private final PlaneTiles tiles;

  Planes(BlockOperations blocks, PlaneTiles tiles) {
    this.blocks = blocks;
    this.tiles = tiles;
  }

  /** Lines of y. */
  void run(PlaneConvolution p, int fromLine, int toLine, HotArrays arrays) {
    ConvolutionGeometry g = p.geometry();
    int height = g.height().output();
    int most = Math.clamp(PIXELS / g.outWidth(), 1, height);
    blocks.rows(arrays, (g.taps() + 1) * Products.PITCH);
    PlaneLines lines = arrays.planeLines();
    lines.begin(g, most);
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
          lines.copyTaps(g, first, count, column, columns, arrays.rows());
          products(p, (long) line * g.outWidth() + column, count * columns, arrays);
        }
        line += count;
      }
    }
  }

  /** The sums of a block of pixels, which lie together in y. */
  private void products(PlaneConvolution p, long pixel, int pixels, HotArrays arrays) {
    int width = blocks.panelWidth();
    int taps = p.geometry().taps();
    int outChannels = p.geometry().outChannels();
    float[] panel = arrays.panel(Products.K_BLOCK * width);
    blocks.requireSums(arrays, 0);
    for (int channel = 0; channel < outChannels; channel += width) {
      long from = (long) channel * taps * Float.BYTES;
      MemorySegment.copy(p.panels(), JAVA_FLOAT_UNALIGNED, from, panel, 0, taps * width);
      for (int i = 0; i < pixels; i += tiles.pixels()) {
        tiles.sums(taps, arrays, i, i * width);
      }
      int channels = Math.min(width, outChannels - channel);
      long to = pixel * outChannels + channel;
      blocks.finishSums(
          pixels, channels, width, arrays, p.y(), to, outChannels, p.epilogue(), channel);
    }
  }
}
