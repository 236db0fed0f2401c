package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Convolution where each output channel reads one input channel: tap by tap over whole output rows,
 * which stay in the L1 cache.
 */
final class Depthwise {

  private final BlockOperations blocks;

  Depthwise(BlockOperations blocks) {
    this.blocks = blocks;
  }

  void run(
      ConvolutionGeometry g,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue) {
    int outHeight = g.outHeight();
    int outWidth = g.outWidth();
    int pixels = g.outPixels();
    int taps = g.taps();
    long inPlane = (long) g.height() * g.width();
    for (int image = 0; image < g.batch(); image++) {
      for (int channel = 0; channel < g.outChannels(); channel++) {
        int inChannel = channel / g.groupOutChannels();
        long input = ((long) image * g.channels() + inChannel) * inPlane;
        long output = ((long) image * g.outChannels() + channel) * pixels;
        for (int row = 0; row < outHeight; row++) {
          long target = output + (long) row * outWidth;
          outputRow(g, x, input, weights, (long) channel * taps, row, y, target, outWidth);
        }
        if (!epilogue.isNone()) {
          blocks.finish(1, pixels, y, output, pixels, epilogue, channel);
        }
      }
    }
  }

  private void outputRow(
      ConvolutionGeometry g,
      MemorySegment x,
      long input,
      MemorySegment weights,
      long weight,
      int row,
      MemorySegment y,
      long target,
      int outWidth) {
    blocks.clear(outWidth, y, target);
    for (int i = 0; i < g.kernelHeight(); i++) {
      long inRow = (long) row * g.strideHeight() + (long) i * g.dilationHeight() - g.padTop();
      if (inRow < 0 || inRow >= g.height()) {
        continue;
      }
      for (int j = 0; j < g.kernelWidth(); j++) {
        long shift = (long) j * g.dilationWidth() - g.padLeft();
        int from = Extent.firstInside(shift, g.strideWidth(), outWidth);
        int until = Extent.endInside(shift, g.strideWidth(), g.width(), outWidth);
        if (from < until) {
          float factor = Floats.get(weights, weight + (long) i * g.kernelWidth() + j);
          long source = input + inRow * g.width() + shift + (long) from * g.strideWidth();
          blocks.multiplyAdd(until - from, factor, x, source, g.strideWidth(), y, target + from);
        }
      }
    }
  }
}
