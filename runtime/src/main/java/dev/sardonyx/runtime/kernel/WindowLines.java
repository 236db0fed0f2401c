package dev.sardonyx.runtime.kernel;

import java.util.Arrays;

/**
 * Lines of an image with their padding, some channels of them: {@code [line % slots][vector of
 * channels][padded pixel][lane]}, and a line of padding behind them. A thread's own; it stays for
 * later runs.
 */
final class WindowLines {
  private final int[] rows = new int[3];
  private float[] lines = new float[0];
  private int slots;
  private int pitch;
  private int vectors;
  private long image;
  private int next;

  /** Makes room for what a line of y meets, and sets all to zero. */
  void begin(WindowSweep s, int channels, int lanes) {
    Axis wide = s.width();
    long pixels = s.outWidth() + 2L * wide.dilation();
    pitch = Math.toIntExact(Math.multiplyExact(pixels, lanes));
    slots = (int) Math.min(2L * s.height().dilation() + 1, s.height().size());
    vectors = Math.ceilDiv(channels, lanes);
    int elements = Math.multiplyExact(Math.multiplyExact(slots + 1, vectors), pitch);
    if (lines.length < elements) {
      lines = new float[elements];
    }
    Arrays.fill(lines, 0, elements, 0f);
    image = -1;
  }

  float[] array() {
    return lines;
  }

  /** Reads what a line of y meets; lines of an image come in order. */
  void read(WindowSweep s, int line, int channel, int channels, NineTaps taps) {
    Axis high = s.height();
    Axis wide = s.width();
    int of = line / s.outHeight();
    if (of != image) {
      image = of;
      next = 0;
    }
    long top = high.start(line - of * s.outHeight());
    int end = Math.clamp(top + 2L * high.dilation() + 1, next, high.size());
    int row = Math.clamp(top, next, end);
    int pixels = Math.min(wide.size(), pitch / taps.lanes() - wide.padBefore());
    for (; row < end; row++) {
      long from = (image * high.size() + row) * wide.size() * s.channels() + channel;
      for (int v = 0; v < vectors && pixels > 0; v++) {
        int n = Math.min(taps.lanes(), channels - v * taps.lanes());
        int at = (row % slots * vectors + v) * pitch + wide.padBefore() * taps.lanes();
        taps.read(pixels, n, s.x(), from + v * taps.lanes(), s.channels(), lines, at);
      }
    }
    next = end;
  }

  /** Where the three lines of a window begin. */
  int[] rows(WindowSweep s, int line, int vector, int offset) {
    Axis high = s.height();
    long top = high.start(line % s.outHeight());
    for (int i = 0; i < rows.length; i++) {
      long row = top + (long) i * high.dilation();
      int slot = row < 0 || row >= high.size() ? slots : (int) (row % slots);
      rows[i] = (slot * vectors + vector) * pitch + offset;
    }
    return rows;
  }
}
