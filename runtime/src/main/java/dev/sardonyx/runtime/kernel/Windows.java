package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps of windows with the channels in lanes. Some pixels of a line by some channels are folded
 * into sums that stay in the L1 cache; pixels whose windows lie within the line share a list of
 * taps, those at its ends have lists of their own.
 */
final class Windows {

  /** Channels at a time. */
  private static final int CHANNELS = 64;

  /** Sums at a time: 16 KiB of floats. */
  static final int SUMS = 4096;

  private final BlockOperations blocks;
  private final @Nullable NineTaps nine;

  /**
   * Over a set's operations.
   *
   * @param nine those for windows of three by three, or null for a set that has none
   */
  Windows(BlockOperations blocks, @Nullable NineTaps nine) {
    this.blocks = blocks;
    this.nine = nine;
  }

  void sweep(WindowSweep s, int fromLine, int toLine, HotArrays arrays) {
    if (nine != null && isNine(s)) {
      nine(s, nine, fromLine, toLine, arrays);
    } else if (nine != null && s.channels() >= nine.lanes() && isFour(s)) {
      four(s, nine, fromLine, toLine);
    } else {
      anySize(s, fromLine, toLine, arrays);
    }
  }

  private static boolean isNine(WindowSweep s) {
    return s.fold() == WindowSweep.Fold.WEIGHTED_SUM
        && s.depth().equals(Axis.SINGLE)
        && s.height().kernel() == 3
        && s.width().kernel() == 3
        && s.width().stride() == 1;
  }

  /**
   * Windows of three by three that move by one: by lines that are copied to the thread's arrays.
   * Where they move by two each element is read too seldom to make up for its copy.
   */
  private void nine(WindowSweep s, NineTaps taps, int fromLine, int toLine, HotArrays arrays) {
    int lanes = taps.lanes();
    int most = SUMS / lanes;
    WindowLines lines = arrays.windowLines();
    float[] weights = arrays.half(CHANNELS * NineTaps.COUNT);
    blocks.requireSums(arrays, 0);
    for (int channel = 0; channel < s.channels(); channel += CHANNELS) {
      int channels = Math.min(CHANNELS, s.channels() - channel);
      lines.begin(s, channels, lanes);
      weights(s, channel, channels, lanes, weights);
      for (int line = fromLine; line < toLine; line++) {
        Cancellation.poll();
        lines.read(s, line, channel, channels, taps);
        for (int c = 0; c < channels; c += lanes) {
          int n = Math.min(lanes, channels - c);
          for (int pixel = 0; pixel < s.outWidth(); pixel += most) {
            int pixels = Math.min(most, s.outWidth() - pixel);
            int[] rows = lines.rows(s, line, c / lanes, pixel * lanes);
            taps.weighted(
                pixels,
                lines.array(),
                rows,
                s.width().dilation(),
                weights,
                c * NineTaps.COUNT,
                arrays.sums(0));
            long at = ((long) line * s.outWidth() + pixel) * s.channels() + channel + c;
            blocks.finishSums(
                pixels, n, lanes, arrays, s.y(), at, s.channels(), s.epilogue(), channel + c);
          }
        }
      }
    }
  }

  /** Copies the weights of some channels: {@code [vector of channels][tap][lane]}. */
  private static void weights(
      WindowSweep s, int channel, int channels, int lanes, float[] weights) {
    MemorySegment from = Objects.requireNonNull(s.weights());
    for (int c = 0; c < channels; c += lanes) {
      int n = Math.min(lanes, channels - c);
      for (int t = 0; t < NineTaps.COUNT; t++) {
        long at = ((long) t * s.channels() + channel + c) * Float.BYTES;
        int to = (c / lanes * NineTaps.COUNT + t) * lanes;
        MemorySegment.copy(from, JAVA_FLOAT_UNALIGNED, at, weights, to, n);
        Arrays.fill(weights, to + n, to + lanes, 0f);
      }
    }
  }

  /** Whether it is the largest of windows of two by two without padding. */
  private static boolean isFour(WindowSweep s) {
    return s.fold() == WindowSweep.Fold.MAXIMUM
        && s.epilogue().isNone()
        && s.depth().equals(Axis.SINGLE)
        && isInside(s.height(), s.outHeight())
        && isInside(s.width(), s.outWidth());
  }

  private static boolean isInside(Axis axis, int windows) {
    return axis.kernel() == 2
        && axis.padBefore() == 0
        && axis.start(windows - 1) + axis.dilation() < axis.size();
  }

  private static void four(WindowSweep s, NineTaps taps, int fromLine, int toLine) {
    int channels = s.channels();
    long step = (long) s.width().stride() * channels;
    long right = (long) s.width().dilation() * channels;
    long down = (long) s.height().dilation() * s.width().size() * channels;
    int most = Math.max(1, SUMS / channels);
    long left = Cancellation.EVERY;
    for (int line = fromLine; line < toLine; line++) {
      int image = line / s.outHeight();
      long top = s.height().start(line - image * s.outHeight());
      long from = ((long) image * s.height().size() + top) * s.width().size() * channels;
      long to = (long) line * s.outWidth() * channels;
      for (int pixel = 0; pixel < s.outWidth(); pixel += most) {
        int pixels = Math.min(most, s.outWidth() - pixel);
        left = Cancellation.spend(left, (long) pixels * channels);
        long at = from + pixel * step;
        taps.largestOfFour(
            pixels, channels, s.x(), at, step, right, down, s.y(), to + (long) pixel * channels);
      }
    }
  }

  private void anySize(WindowSweep s, int fromLine, int toLine, HotArrays arrays) {
    long left = Cancellation.EVERY;
    long taps = s.taps();
    for (int line = fromLine; line < toLine; line++) {
      for (int channel = 0; channel < s.channels(); channel += CHANNELS) {
        int channels = Math.min(CHANNELS, s.channels() - channel);
        int step = SUMS / channels;
        for (int pixel = 0; pixel < s.outWidth(); pixel += step) {
          int pixels = Math.min(step, s.outWidth() - pixel);
          left = Cancellation.spend(left, Math.max(1, taps * pixels * channels / CHANNELS));
          block(s, line, channel, channels, pixel, pixels, arrays);
        }
      }
    }
  }

  private void block(
      WindowSweep s, int line, int channel, int channels, int pixel, int pixels, HotArrays arrays) {
    Axis width = s.width();
    int slice = line / s.outHeight();
    int image = slice / s.outDepth();
    long front = s.depth().start(slice - image * s.outDepth());
    long top = s.height().start(line - slice * s.outHeight());
    int end = pixel + pixels;
    int inside = Math.clamp(width.firstInside(width.shift(0), s.outWidth()), pixel, end);
    long last = width.shift(width.kernel() - 1);
    int outside = Math.clamp(width.endInside(last, s.outWidth()), inside, end);
    boolean maximum = s.fold() == WindowSweep.Fold.MAXIMUM;
    blocks.fillSums(arrays, pixels * channels, maximum ? Double.NEGATIVE_INFINITY : 0);
    for (int p = pixel; p < inside; p++) {
      taps(s, image, front, top, p, 1, channel, channels, arrays, (p - pixel) * channels);
    }
    if (inside < outside) {
      int to = (inside - pixel) * channels;
      taps(s, image, front, top, inside, outside - inside, channel, channels, arrays, to);
    }
    for (int p = outside; p < end; p++) {
      taps(s, image, front, top, p, 1, channel, channels, arrays, (p - pixel) * channels);
    }
    long at = ((long) line * s.outWidth() + pixel) * s.channels() + channel;
    blocks.finishSums(
        pixels, channels, channels, arrays, s.y(), at, s.channels(), s.epilogue(), channel);
  }

  /** Folds the windows of some pixels that have the same taps into their sums. */
  private void taps(
      WindowSweep s,
      int image,
      long front,
      long top,
      int pixel,
      int pixels,
      int channel,
      int channels,
      HotArrays arrays,
      int to) {
    Axis depth = s.depth();
    Axis height = s.height();
    Axis width = s.width();
    long left = width.start(pixel);
    int lastSlice = depth.endTap(front);
    int lastRow = height.endTap(top);
    int lastColumn = width.endTap(left);
    TapList taps = arrays.taps();
    taps.clear();
    for (int i = depth.firstTap(front); i < lastSlice; i++) {
      long slice = (long) image * depth.size() + front + (long) i * depth.dilation();
      for (int j = height.firstTap(top); j < lastRow; j++) {
        long line = slice * height.size() + top + (long) j * height.dilation();
        long weight = ((long) i * height.kernel() + j) * width.kernel();
        for (int k = width.firstTap(left); k < lastColumn; k++) {
          long place = line * width.size() + left + (long) k * width.dilation();
          taps.add(place * s.channels() + channel, (weight + k) * s.channels() + channel);
          if (taps.isFull()) {
            fold(s, pixels, channels, arrays, to);
            taps.clear();
          }
        }
      }
    }
    fold(s, pixels, channels, arrays, to);
    divide(s, front, top, left, pixels, channels, arrays, to);
  }

  private void fold(WindowSweep s, int pixels, int channels, HotArrays arrays, int to) {
    long step = (long) s.width().stride() * s.channels();
    switch (s.fold()) {
      case MAXIMUM -> blocks.maximumOfTaps(pixels, channels, s.x(), step, arrays, to);
      case MEAN, PADDED_MEAN -> blocks.addTaps(pixels, channels, s.x(), step, arrays, to);
      case WEIGHTED_SUM ->
          blocks.addWeightedTaps(pixels, channels, s.x(), step, s.weights(), arrays, to);
    }
  }

  private void divide(
      WindowSweep s,
      long front,
      long top,
      long left,
      int pixels,
      int channels,
      HotArrays arrays,
      int to) {
    boolean padded = s.fold() == WindowSweep.Fold.PADDED_MEAN;
    if (padded || s.fold() == WindowSweep.Fold.MEAN) {
      long count =
          count(s.depth(), front, padded)
              * count(s.height(), top, padded)
              * count(s.width(), left, padded);
      if (count > 1) {
        blocks.divideSums(pixels * channels, count, arrays, to);
      }
    }
  }

  private static long count(Axis axis, long start, boolean padded) {
    return padded ? axis.paddedTaps(start) : Math.max(0, axis.endTap(start) - axis.firstTap(start));
  }
}
