package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Pooling over volumes: maxima by whole output rows, all else window by window. */
final class Pooling {
  private final BlockOperations blocks;

  Pooling(BlockOperations blocks) {
    this.blocks = blocks;
  }

  void maximum(PoolGeometry g, MemorySegment x, MemorySegment y) {
    int width = g.outWidth();
    long left = Cancellation.EVERY;
    long target = 0;
    for (int plane = 0; plane < g.planes(); plane++) {
      for (int depth = 0; depth < g.outDepth(); depth++) {
        for (int row = 0; row < g.outHeight(); row++, target += width) {
          left = Cancellation.spend(left, width * taps(g));
          for (int i = 0; i < width; i++) {
            blocks.set(y, target + i, Double.NEGATIVE_INFINITY);
          }
          maximumOfRow(g, x, plane * g.inPixels(), g.depth().start(depth), row, y, target);
        }
      }
    }
  }

  private void maximumOfRow(
      PoolGeometry g, MemorySegment x, long plane, long front, int row, MemorySegment y, long to) {
    Axis depth = g.depth();
    Axis height = g.height();
    Axis width = g.width();
    long top = height.start(row);
    int lastSlice = depth.endTap(front);
    int lastRow = height.endTap(top);
    for (int i = depth.firstTap(front); i < lastSlice; i++) {
      long slice = plane + (front + (long) i * depth.dilation()) * height.size() * width.size();
      for (int j = height.firstTap(top); j < lastRow; j++) {
        long line = slice + (top + (long) j * height.dilation()) * width.size();
        for (int k = 0; k < width.kernel(); k++) {
          long shift = width.shift(k);
          int from = width.firstInside(shift, g.outWidth());
          int until = width.endInside(shift, g.outWidth());
          if (from < until) {
            long source = line + shift + (long) from * width.stride();
            blocks.maximum(until - from, x, source, width.stride(), y, to + from);
          }
        }
      }
    }
  }

  void maximumAndPlace(
      PoolGeometry g, MemorySegment x, MemorySegment y, MemorySegment places, boolean columnMajor) {
    long left = Cancellation.EVERY;
    long target = 0;
    for (int plane = 0; plane < g.planes(); plane++) {
      for (int depth = 0; depth < g.outDepth(); depth++) {
        for (int row = 0; row < g.outHeight(); row++) {
          for (int column = 0; column < g.outWidth(); column++, target++) {
            left = Cancellation.spend(left, taps(g));
            long best = place(g, x, plane * g.inPixels(), depth, row, column);
            double value = best < 0 ? Double.NEGATIVE_INFINITY : blocks.get(x, best);
            blocks.set(y, target, value);
            long place = columnMajor && best >= 0 ? columnMajor(g, best) : best;
            places.set(JAVA_LONG_UNALIGNED, target * Long.BYTES, place);
          }
        }
      }
    }
  }

  /** Where the first of a window's largest elements is in x, or -1 for a window in the padding. */
  private long place(
      PoolGeometry g, MemorySegment x, long plane, int outDepth, int outRow, int outColumn) {
    Axis depth = g.depth();
    Axis height = g.height();
    Axis width = g.width();
    long front = depth.start(outDepth);
    long top = height.start(outRow);
    long left = width.start(outColumn);
    long place = -1;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = depth.firstTap(front); i < depth.endTap(front); i++) {
      long slice = plane + (front + (long) i * depth.dilation()) * height.size() * width.size();
      for (int j = height.firstTap(top); j < height.endTap(top); j++) {
        long line = slice + (top + (long) j * height.dilation()) * width.size() + left;
        for (int k = width.firstTap(left); k < width.endTap(left); k++) {
          long at = line + (long) k * width.dilation();
          double value = blocks.get(x, at);
          if (place < 0 || value > best || Double.isNaN(value)) {
            best = value;
            place = at;
          }
        }
      }
    }
    return place;
  }

  /** The same place where the first axis of a plane is the fastest. */
  private static long columnMajor(PoolGeometry g, long place) {
    long plane = place / g.inPixels();
    long inside = place - plane * g.inPixels();
    int depth = g.depth().size();
    int height = g.height().size();
    int width = g.width().size();
    long slice = inside / ((long) height * width);
    long row = inside / width % height;
    long column = inside % width;
    return plane * g.inPixels() + (column * height + row) * depth + slice;
  }

  void average(PoolGeometry g, MemorySegment x, MemorySegment y) {
    long left = Cancellation.EVERY;
    long target = 0;
    for (int plane = 0; plane < g.planes(); plane++) {
      for (int depth = 0; depth < g.outDepth(); depth++) {
        for (int row = 0; row < g.outHeight(); row++) {
          for (int column = 0; column < g.outWidth(); column++) {
            left = Cancellation.spend(left, taps(g));
            double mean = mean(g, x, plane * g.inPixels(), depth, row, column);
            blocks.set(y, target++, mean);
          }
        }
      }
    }
  }

  private double mean(
      PoolGeometry g, MemorySegment x, long plane, int outDepth, int outRow, int outColumn) {
    Axis depth = g.depth();
    Axis height = g.height();
    Axis width = g.width();
    long front = depth.start(outDepth);
    long top = height.start(outRow);
    long left = width.start(outColumn);
    double sum = 0;
    for (int i = depth.firstTap(front); i < depth.endTap(front); i++) {
      long slice = plane + (front + (long) i * depth.dilation()) * height.size() * width.size();
      for (int j = height.firstTap(top); j < height.endTap(top); j++) {
        long line = slice + (top + (long) j * height.dilation()) * width.size() + left;
        for (int k = width.firstTap(left); k < width.endTap(left); k++) {
          sum += blocks.get(x, line + (long) k * width.dilation());
        }
      }
    }
    boolean padded = g.countIncludePad();
    long count = taps(depth, front, padded) * taps(height, top, padded) * taps(width, left, padded);
    return count == 0 ? 0 : sum / count;
  }

  /** What a window may cost; it never has more elements inside than a plane. */
  private static long taps(PoolGeometry g) {
    long wide = Math.min(g.width().kernel(), g.width().size());
    long high = Math.min(g.height().kernel(), g.height().size());
    return wide * high * Math.min(g.depth().kernel(), g.depth().size());
  }

  private static long taps(Axis axis, long start, boolean padded) {
    return padded ? axis.paddedTaps(start) : Math.max(0, axis.endTap(start) - axis.firstTap(start));
  }
}
