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
    int outRows = g.outRows();
    int outWidth = g.outWidth();
    int pixels = g.outPixels();
    int taps = g.taps();
    long inPlane = g.inPixels();
    long left = Cancellation.EVERY;
    for (int image = 0; image < g.batch(); image++) {
      for (int channel = 0; channel < g.outChannels(); channel++) {
        int inChannel = channel / g.groupOutChannels();
        long input = ((long) image * g.channels() + inChannel) * inPlane;
        long output = ((long) image * g.outChannels() + channel) * pixels;
        for (int row = 0; row < outRows; row++) {
          left = Cancellation.spend(left, (long) outWidth * taps);
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
    Axis depth = g.depth();
    Axis height = g.height();
    long front = depth.start(row / height.output());
    long top = height.start(row % height.output());
    for (int i = depth.firstTap(front); i < depth.endTap(front); i++) {
      long slice = (front + (long) i * depth.dilation()) * height.size();
      for (int j = height.firstTap(top); j < height.endTap(top); j++) {
        long line = input + (slice + top + (long) j * height.dilation()) * g.width().size();
        long first = weight + ((long) i * height.kernel() + j) * g.width().kernel();
        outputTaps(g.width(), x, line, weights, first, y, target, outWidth);
      }
    }
  }

  private void outputTaps(
      Axis width,
      MemorySegment x,
      long line,
      MemorySegment weights,
      long weight,
      MemorySegment y,
      long target,
      int outWidth) {
    for (int k = 0; k < width.kernel(); k++) {
      long shift = width.shift(k);
      int from = width.firstInside(shift, outWidth);
      int until = width.endInside(shift, outWidth);
      if (from < until) {
        double factor = blocks.get(weights, weight + k);
        long source = line + shift + (long) from * width.stride();
        blocks.multiplyAdd(until - from, factor, x, source, width.stride(), y, target + from);
      }
    }
  }
}
