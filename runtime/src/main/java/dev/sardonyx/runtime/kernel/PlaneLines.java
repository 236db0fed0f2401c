package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The lines of an image that some lines of an output meet, with their padding: {@code [line %
 * slots][channel][column % stride][column / stride]}. A thread's own; it stays for later runs.
 */
final class PlaneLines {
  private float[] lines = new float[0];
  private float[] line = new float[0];
  private int[] places = new int[0];

  /** Where a line of zeros begins. */
  private int zeros;

  private int slots;

  /** Elements from a column to the next of the same remainder's first. */
  private int phase;

  private long image;
  private int next;

  /**
   * Makes room for the lines that {@code count} lines of the output meet.
   *
   * @param beyond how many columns beyond the last a tile reads
   */
  void begin(ConvolutionGeometry g, int count, int beyond) {
    Axis high = g.height();
    Axis wide = g.width();
    long reach = (count - 1L) * high.stride() + (high.kernel() - 1L) * high.dilation() + 1;
    slots = (int) Math.min(reach, high.size());
    long columns = (g.outWidth() - 1L) * wide.stride() + wide.shift(wide.kernel() - 1);
    phase = Math.toIntExact((columns + wide.padBefore()) / wide.stride() + 1);
    int each = Math.multiplyExact(g.channels(), Math.multiplyExact(phase, wide.stride()));
    zeros = Math.multiplyExact(slots, each);
    int elements = Math.addExact(zeros, phase * wide.stride() + beyond);
    if (lines.length < elements) {
      lines = new float[elements];
    }
    Arrays.fill(lines, 0, elements, 0f); // the padding stays
    if (line.length < wide.size()) {
      line = new float[wide.size()];
    }
  }

  /** Begins an image. */
  void image(int index) {
    image = index;
    next = 0;
  }

  /** Reads what lines of the output meet; they follow those that were read last. */
  void read(ConvolutionGeometry g, MemorySegment x, int fromLine, int count, PlaneTiles tiles) {
    Axis high = g.height();
    long first = Math.max(next, high.start(fromLine));
    long last = high.start(fromLine + count - 1) + (high.kernel() - 1L) * high.dilation();
    int end = (int) Math.min(last + 1, high.size());
    for (int row = (int) Math.min(first, end); row < end; row++) {
      Cancellation.poll();
      for (int channel = 0; channel < g.channels(); channel++) {
        long plane = image * g.channels() + channel;
        split(g, x, (plane * high.size() + row) * g.width().size(), at(g, row, channel), tiles);
      }
    }
    next = Math.max(next, end);
  }

  private int at(ConvolutionGeometry g, int row, int channel) {
    return (row % slots * g.channels() + channel) * phase * g.width().stride();
  }

  /** Copies a line, the columns of each remainder together; those that no tap meets are left. */
  private void split(ConvolutionGeometry g, MemorySegment x, long from, int to, PlaneTiles tiles) {
    Axis wide = g.width();
    int stride = wide.stride();
    int before = wide.padBefore();
    if (stride == 1) {
      int n = Math.min(wide.size(), phase - before);
      if (n > 0) {
        MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, lines, to + before, n);
      }
      return;
    }
    MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, line, 0, wide.size());
    if (stride == 2) {
      halves(wide, to, tiles);
      return;
    }
    for (int remainder = 0; remainder < stride; remainder++) {
      int skipped = Math.max(0, Math.ceilDiv(before - remainder, stride));
      int column = skipped * stride + remainder - before;
      int n = Math.min(Math.ceilDiv(wide.size() - column, stride), phase - skipped);
      int at = to + remainder * phase + skipped;
      for (int i = 0; i < n; i++) {
        lines[at + i] = line[column + i * stride];
      }
    }
  }

  /** Even and odd columns; the first column of the line and the last one may lack the other. */
  private void halves(Axis wide, int to, PlaneTiles tiles) {
    int before = wide.padBefore();
    int skipped = before / 2;
    int lone = before % 2; // then the first column is an odd one
    if (lone == 1 && skipped < phase) {
      lines[to + phase + skipped] = line[0];
    }
    int from = skipped + lone;
    int n = Math.max(0, Math.min((wide.size() - lone) / 2, phase - from));
    tiles.split(n, line, lone, lines, to + from, to + phase + from);
    int column = lone + 2 * n;
    if (column < wide.size() && from + n < phase) {
      lines[to + from + n] = line[column];
    }
  }

  /** The lines that were read. */
  float[] array() {
    return lines;
  }

  /** Where each tap begins to meet lines of the output, line by line; what each meets is there. */
  int[] places(ConvolutionGeometry g, int fromLine, int count) {
    Axis high = g.height();
    Axis wide = g.width();
    if (places.length < count * g.taps()) {
      places = new int[count * g.taps()];
    }
    int to = 0;
    for (int line = fromLine; line < fromLine + count; line++) {
      for (int channel = 0; channel < g.channels(); channel++) {
        for (int i = 0; i < high.kernel(); i++) {
          long row = high.start(line) + (long) i * high.dilation();
          boolean inside = row >= 0 && row < high.size();
          int begin = inside ? at(g, (int) row, channel) : zeros;
          for (int j = 0; j < wide.kernel(); j++) {
            int shift = j * wide.dilation();
            places[to++] = begin + shift % wide.stride() * phase + shift / wide.stride();
          }
        }
      }
    }
    return places;
  }

  /** Copies what each tap meets for some columns of lines that were read to the tap's row. */
  void copyTaps(
      ConvolutionGeometry g, int fromLine, int count, int column, int columns, float[] rows) {
    Axis high = g.height();
    Axis wide = g.width();
    int to = 0;
    for (int channel = 0; channel < g.channels(); channel++) {
      for (int i = 0; i < high.kernel(); i++) {
        for (int j = 0; j < wide.kernel(); j++) {
          int shift = j * wide.dilation();
          int within = shift % wide.stride() * phase + shift / wide.stride() + column;
          for (int line = 0; line < count; line++) {
            long row = high.start(fromLine + line) + (long) i * high.dilation();
            int at = to + line * columns;
            if (row < 0 || row >= high.size()) {
              Arrays.fill(rows, at, at + columns, 0f);
            } else {
              System.arraycopy(lines, at(g, (int) row, channel) + within, rows, at, columns);
            }
          }
          to += Products.PITCH;
        }
      }
    }
  }
}
