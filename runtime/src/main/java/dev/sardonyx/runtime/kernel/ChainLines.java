package dev.sardonyx.runtime.kernel;

import java.util.Arrays;

/**
 * Lines between the parts of a {@link DepthwiseChain}, with their padding: {@code [line % slots]
 * [vector of channels][padded pixel][lane]}, and a line of padding behind them. A thread's own.
 */
final class ChainLines {
  private final int[] starts = new int[3];
  private float[] lines = new float[0];
  private int slots;
  private int vectors;
  private int pitch;
  private int lanes;
  private int padBefore;
  private int image;
  private int next;

  /** Elements of so many lines of y at a time. Errors: ArithmeticException beyond 32 bits. */
  static int elements(Axis height, Axis width, int channels, int lanes, int band) {
    int all = Math.multiplyExact(slots(height, band), channels / lanes) + 1;
    return Math.multiplyExact(all, Math.multiplyExact(pixels(width), lanes));
  }

  private static int slots(Axis height, int band) {
    return Math.min((band - 1) * height.stride() + height.kernel(), height.size());
  }

  private static int pixels(Axis width) {
    int windows = Math.addExact((width.output() - 1) * width.stride(), width.kernel());
    return Math.max(windows, width.padBefore() + width.size());
  }

  /** Makes room for so many lines of y at a time, with zeros where the padding is. */
  void begin(WindowSweep s, int of, int band) {
    lanes = of;
    slots = slots(s.height(), band);
    vectors = s.channels() / lanes;
    pitch = pixels(s.width()) * lanes;
    padBefore = s.width().padBefore();
    int elements = elements(s.height(), s.width(), s.channels(), lanes, band);
    if (lines.length < elements) {
      lines = new float[elements];
    }
    int end = (padBefore + s.width().size()) * lanes;
    for (int i = 0; i < slots * vectors; i++) {
      Arrays.fill(lines, i * pitch, i * pitch + padBefore * lanes, 0f);
      Arrays.fill(lines, i * pitch + end, (i + 1) * pitch, 0f);
    }
    Arrays.fill(lines, slots * vectors * pitch, slots * vectors * pitch + pitch, 0f);
    image = -1;
  }

  float[] array() {
    return lines;
  }

  /** The first line of an image that lines of y need and that is not there yet. */
  int first(int of, long top) {
    if (of != image) {
      image = of;
      next = 0;
    }
    return (int) Math.max(top, next);
  }

  /** Tells that the lines before one are there. */
  void filled(int end) {
    next = Math.max(next, end);
  }

  /** Where a pixel of a line lies. */
  int at(int line, int vector, int pixel) {
    return (line % slots * vectors + vector) * pitch + (padBefore + pixel) * lanes;
  }

  /** Where the three lines of windows begin. */
  int[] starts(Axis height, long top, int vector) {
    for (int i = 0; i < starts.length; i++) {
      long line = top + i;
      boolean inside = line >= 0 && line < height.size();
      starts[i] = (inside ? (int) line % slots * vectors + vector : slots * vectors) * pitch;
    }
    return starts;
  }
}
