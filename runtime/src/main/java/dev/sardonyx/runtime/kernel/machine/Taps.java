package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Windows of any size: pixels and lines whose windows have the same taps go together. */
final class Taps {
  /** The most taps of a window. */
  private static final int MOST = 1024;

  /** Where the place of the first tap is in a list. */
  private static final long FIRST = 2L * MOST;

  /** Where places that the next line is the first to meet are in a list. */
  private static final long AHEAD = FIRST + 2;

  /** Bytes of an image from which on it comes from memory. */
  private static final long FAR = 1 << 20;

  /** The most pixels of a call. */
  private static final int MOST_PIXELS = 1024;

  /** Vectors that a call may read: less than a millisecond. */
  private static final long MOST_WORK = 1 << 20;

  private final CodeLibrary library;
  private final VectorLevel level;
  private final CodeTable codes;

  Taps(CodeLibrary library, VectorLevel level) {
    this.library = library;
    this.level = level;
    this.codes =
        library.table(
            TapsShape.COUNT,
            number -> {
              TapsShape shape = TapsShape.of(number);
              return MachineCode.install(shape, TapsCode.write(shape, level));
            });
  }

  /** Whether windows are not too large. */
  static boolean takes(WindowSweep s) {
    return s.taps() <= MOST;
  }

  /** Lines of one slice of y, first to end, counted within it. */
  void lines(WindowSweep s, int slice, int first, int end, HotArrays arrays) {
    Axis high = s.height();
    int inside = Math.clamp(high.firstInside(high.shift(0), s.outHeight()), first, end);
    long last = high.shift(high.kernel() - 1);
    int outside = Math.clamp(high.endInside(last, s.outHeight()), inside, end);
    for (int line = first; line < inside; line++) {
      alike(s, slice, line, line + 1, arrays);
    }
    if (inside < outside) {
      alike(s, slice, inside, outside, arrays);
    }
    for (int line = outside; line < end; line++) {
      alike(s, slice, line, line + 1, arrays);
    }
  }

  /** Lines whose windows have the same taps along the height. */
  private void alike(WindowSweep s, int slice, int first, int end, HotArrays arrays) {
    Axis wide = s.width();
    int inside = wide.firstInside(wide.shift(0), s.outWidth());
    long last = wide.shift(wide.kernel() - 1);
    int outside = Math.max(inside, wide.endInside(last, s.outWidth()));
    for (int p = 0; p < inside; p++) {
      run(s, slice, first, end, p, 1, arrays);
    }
    for (int p = inside; p < outside; p += MOST_PIXELS) {
      run(s, slice, first, end, p, Math.min(MOST_PIXELS, outside - p), arrays);
    }
    for (int p = outside; p < s.outWidth(); p++) {
      run(s, slice, first, end, p, 1, arrays);
    }
  }

  /** Pixels of lines whose windows have the same taps. */
  private void run(
      WindowSweep s, int slice, int first, int end, int pixel, int pixels, HotArrays arrays) {
    int image = slice / s.outDepth();
    long front = s.depth().start(slice - image * s.outDepth());
    long top = s.height().start(first);
    long left = s.width().start(pixel);
    MemorySegment list =
        arrays.memory(HotArrays.Slot.PATCH, AHEAD * Long.BYTES + MOST * Long.BYTES);
    int count = list(s, image, front, top, left, list);
    float divisor = divisor(s, front, top, left);
    int ahead = pixels > 1 && end - first > 1 ? ahead(s, list) : 0;
    int vectors = Math.ceilDiv(s.channels(), level.lanes());
    long each = (long) Math.max(1, count) * pixels;
    int mostLines = Math.clamp(MOST_WORK / each / vectors, 1, end - first);
    int mostVectors = Math.clamp(MOST_WORK / each / mostLines, 1, vectors);
    for (int line = first; line < end; line += mostLines) {
      int lines = Math.min(mostLines, end - line);
      for (int channel = 0; channel < s.channels(); ) {
        Cancellation.poll();
        int whole = Math.min(mostVectors, (s.channels() - channel) / level.lanes());
        int channels = whole > 0 ? whole * level.lanes() : s.channels() - channel;
        call(
            s,
            slice,
            line,
            lines,
            pixel,
            pixels,
            channel,
            channels,
            line - first,
            list,
            count,
            ahead,
            divisor);
        channel += channels;
      }
    }
  }

  /** Makes the list of taps that lie in x, and counts them. */
  private static int list(
      WindowSweep s, int image, long front, long top, long left, MemorySegment list) {
    Axis depth = s.depth();
    Axis height = s.height();
    Axis width = s.width();
    int lastSlice = depth.endTap(front);
    int lastRow = height.endTap(top);
    int lastColumn = width.endTap(left);
    long element = (long) s.channels() * Float.BYTES;
    int count = 0;
    for (int i = depth.firstTap(front); i < lastSlice; i++) {
      long slice = (long) image * depth.size() + front + (long) i * depth.dilation();
      for (int j = height.firstTap(top); j < lastRow; j++) {
        long line = slice * height.size() + top + (long) j * height.dilation();
        long weight = ((long) i * height.kernel() + j) * width.kernel();
        for (int k = width.firstTap(left); k < lastColumn; k++) {
          long place = line * width.size() + left + (long) k * width.dilation();
          add(list, count++, place * element, (weight + k) * element);
        }
      }
    }
    return count;
  }

  /** Adds a tap: where it is behind the first one, whose own place follows the list. */
  private static void add(MemorySegment list, int count, long place, long weight) {
    if (count == 0) {
      list.setAtIndex(JAVA_LONG, FIRST, place);
      list.setAtIndex(JAVA_LONG, FIRST + 1, weight);
    }
    list.setAtIndex(JAVA_LONG, 2L * count, place - list.getAtIndex(JAVA_LONG, FIRST));
    list.setAtIndex(JAVA_LONG, 2L * count + 1, weight - list.getAtIndex(JAVA_LONG, FIRST + 1));
  }

  /** Lists what the windows of the next line are the first to meet, and counts it. */
  private static int ahead(WindowSweep s, MemorySegment list) {
    Axis high = s.height();
    Axis wide = s.width();
    long element = (long) s.channels() * Float.BYTES;
    long line = wide.size() * element;
    if (line * high.size() < FAR) {
      return 0;
    }
    int rows = Math.min(high.stride(), high.kernel());
    int columns = Math.min(wide.stride(), wide.kernel());
    for (int i = 0; i < rows; i++) {
      long row = (long) (high.kernel() - 1 - i) * high.dilation() + high.stride();
      for (int j = 0; j < columns; j++) {
        list.setAtIndex(JAVA_LONG, AHEAD + (long) i * columns + j, row * line + j * element);
      }
    }
    return rows * columns;
  }

  private static float divisor(WindowSweep s, long front, long top, long left) {
    boolean padded = s.fold() == WindowSweep.Fold.PADDED_MEAN;
    long count =
        count(s.depth(), front, padded)
            * count(s.height(), top, padded)
            * count(s.width(), left, padded);
    return Math.max(1, count);
  }

  private static long count(Axis axis, long start, boolean padded) {
    return padded ? axis.paddedTaps(start) : Math.max(0, axis.endTap(start) - axis.firstTap(start));
  }

  /**
   * Calls code for lines of a slice of y, pixels of these and channels of these, all of them
   * numbers: a record would be made for each call.
   *
   * @param down lines below those that the list of taps was made for
   */
  private void call(
      WindowSweep s,
      int slice,
      int line,
      int lines,
      int pixel,
      int pixels,
      int channel,
      int channels,
      int down,
      MemorySegment list,
      int count,
      int ahead,
      float divisor) {
    int vectors = Math.ceilDiv(channels, level.lanes());
    long element = (long) s.channels() * Float.BYTES;
    long bytes = (long) channels * Float.BYTES;
    long skipped = (long) channel * Float.BYTES;
    long pixelStep = s.width().stride() * element;
    long lineStep = (long) s.height().stride() * s.width().size() * element;
    long most = (lines - 1) * lineStep + (pixels - 1) * pixelStep + bytes;
    Arguments arguments = library.arguments();
    reads(arguments, s.x(), list, count, 0, down * lineStep + skipped, most);
    arguments
        .number(pixelStep)
        .number(lineStep)
        .list(list, 0, (long) count * TapsCode.PAIR)
        .number(count)
        .list(list, AHEAD * Long.BYTES, (long) ahead * Long.BYTES)
        .number(ahead)
        .number(pixels / 8)
        .number(pixels % 8 / 4)
        .number(pixels % 4)
        .number(lines)
        .number(vectors);
    if (s.fold() == WindowSweep.Fold.WEIGHTED_SUM) {
      reads(arguments, Objects.requireNonNull(s.weights()), list, count, 1, skipped, bytes);
    } else {
      arguments.nothing();
    }
    Epilogue epilogue = s.epilogue();
    long outLine = s.outWidth() * element;
    long y = (((long) slice * s.outHeight() + line) * s.outWidth() + pixel) * element + skipped;
    long outBytes = (lines - 1) * outLine + (pixels - 1) * element + bytes;
    Calls.reads(arguments, epilogue.bias(), skipped, bytes);
    Calls.reads(arguments, epilogue.residual(), y, outBytes);
    arguments
        .writes(s.y(), y, outBytes)
        .number(element)
        .number(outLine)
        .number(divisor)
        .number(epilogue.low())
        .number(epilogue.high());
    level.giveLanesOfOne(arguments, Math.min(level.lanes(), channels));
    arguments.call(codes.get(number(s)));
  }

  /** What the taps of a list meet, from the first on: their places grow. */
  private static void reads(
      Arguments arguments,
      MemorySegment from,
      MemorySegment list,
      int count,
      int which,
      long offset,
      long bytes) {
    if (count == 0) {
      arguments.nothing();
    } else {
      long first = list.getAtIndex(JAVA_LONG, FIRST + which);
      long last = list.getAtIndex(JAVA_LONG, 2L * (count - 1) + which);
      arguments.reads(from, first + offset, last + bytes);
    }
  }

  /** The piece of code that a sweep takes. */
  static int number(WindowSweep s) {
    return TapsShape.number(
        switch (s.fold()) {
          case WEIGHTED_SUM -> TapsShape.Fold.WEIGHTED_SUM;
          case MAXIMUM -> TapsShape.Fold.MAXIMUM;
          case MEAN, PADDED_MEAN -> TapsShape.Fold.MEAN;
        },
        s.epilogue().bias() != null,
        s.epilogue().residual() != null,
        Calls.ending(s.epilogue().activation()));
  }
}
