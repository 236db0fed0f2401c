package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The second half of a transposed convolution: each output pixel is the sum of the products that
 * fall on it, with the channels in lanes.
 */
final class TransposedSums {
  private final BlockOperations blocks;

  TransposedSums(BlockOperations blocks) {
    this.blocks = blocks;
  }

  void lines(
      TransposedGeometry g,
      MemorySegment products,
      MemorySegment y,
      int image,
      int fromLine,
      int toLine,
      Epilogue epilogue,
      HotArrays arrays) {
    long left = Cancellation.EVERY;
    int most = Math.min(Windows.SUMS, g.groupOutChannels());
    for (int line = fromLine; line < toLine; line++) {
      for (int pixel = 0; pixel < g.outWidth(); pixel++) {
        long at = ((long) image * g.outPixels() + (long) line * g.outWidth() + pixel);
        for (int group = 0; group < g.groups(); group++) {
          for (int channel = 0; channel < g.groupOutChannels(); channel += most) {
            int n = Math.min(most, g.groupOutChannels() - channel);
            blocks.fillSums(arrays, n, 0);
            long taps = pixel(g, products, line, pixel, group, channel, n, arrays);
            left = Cancellation.spend(left, taps * n + 1);
            int first = group * g.groupOutChannels() + channel;
            long to = at * g.outChannels() + first;
            blocks.finishSums(1, n, n, arrays, y, to, g.outChannels(), epilogue, first);
          }
        }
      }
    }
  }

  private long pixel(
      TransposedGeometry g,
      MemorySegment products,
      int line,
      int pixel,
      int group,
      int channel,
      int n,
      HotArrays arrays) {
    long outSlice = line / g.outHeight();
    long outRow = line - outSlice * g.outHeight();
    TapList taps = arrays.taps();
    taps.clear();
    long count = 0;
    for (int i = 0; i < g.depth().kernel(); i++) {
      long d = source(g.depth(), outSlice, i);
      for (int j = 0; d >= 0 && j < g.height().kernel(); j++) {
        long h = source(g.height(), outRow, j);
        for (int k = 0; h >= 0 && k < g.width().kernel(); k++) {
          long w = source(g.width(), pixel, k);
          if (w < 0) {
            continue;
          }
          long tap = ((long) i * g.height().kernel() + j) * g.width().kernel() + k;
          long from = (d * g.height().size() + h) * g.width().size() + w;
          long product = (from * g.groups() + group) * g.kernel() + tap;
          taps.add(product * g.groupOutChannels() + channel, 0);
          count++;
          if (taps.isFull()) {
            blocks.addTaps(1, n, products, 0, arrays, 0);
            taps.clear();
          }
        }
      }
    }
    blocks.addTaps(1, n, products, 0, arrays, 0);
    return count;
  }

  /** The input element that a tap spreads to an output element, or -1 where there is none. */
  private static long source(Axis axis, long out, int tap) {
    long at = out - axis.shift(tap);
    return at >= 0 && at % axis.stride() == 0 && at / axis.stride() < axis.size()
        ? at / axis.stride()
        : -1;
  }
}
