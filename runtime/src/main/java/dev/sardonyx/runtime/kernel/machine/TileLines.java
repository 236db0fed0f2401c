package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;

/**
 * Where the pixels of a picture lie for {@link TilePixels}: lines one behind the other, {@code
 * [turn of lines][turn of columns][line][place]}. With a stride of s, windows meet by one element
 * of the kernel only each s-th column from one of the first s on: such columns are a turn, and lie
 * side by side, so that the element meets what is one place further in the next window; lines the
 * same.
 *
 * <p>A line has its zeros before its pixels. Behind them are as many as the next line has not
 * anyway.
 */
final class TileLines {
  private TileLines() {}

  /** Whether a stride and a dilation go together here: else turns would have holes. */
  static boolean takes(Axis axis) {
    return axis.stride() == 1 || axis.dilation() == 1;
  }

  /** How many turns elements of the kernel meet. */
  static int turns(Axis axis) {
    return Math.min(axis.stride(), axis.kernel());
  }

  /** The turn that an element of the kernel meets. */
  static int turn(Axis axis, int element) {
    return element * axis.dilation() % axis.stride();
  }

  /** How much further in its turn it meets than the first element of the kernel would. */
  static int shift(Axis axis, int element) {
    return element * axis.dilation() / axis.stride();
  }

  /** Columns of a turn that windows meet. */
  private static int reach(Axis axis) {
    return axis.output() + shift(axis, axis.kernel() - 1);
  }

  /** Zeros before the pixels of a turn. */
  static int zeros(Axis axis, int turn) {
    int zeros = Math.ceilDiv(Math.max(0, axis.padBefore() - turn), axis.stride());
    return Math.min(zeros, reach(axis));
  }

  /** Where the pixels of a turn that windows meet end. */
  static int end(Axis axis, int turn) {
    int end = Math.ceilDiv(axis.size() + axis.padBefore() - turn, axis.stride());
    return Math.clamp(end, zeros(axis, turn), reach(axis));
  }

  /** The index of a pixel in its line, or of a line in its picture; outside of it in zeros. */
  static int index(Axis axis, int turn, int place) {
    return place * axis.stride() + turn - axis.padBefore();
  }

  /** Places of a line. */
  static int pitch(Axis width) {
    int pitch = width.output();
    for (int turn = 0; turn < turns(width); turn++) {
      pitch = Math.max(pitch, end(width, turn));
      pitch = Math.max(pitch, reach(width) - zeros(width, turn));
    }
    return pitch;
  }

  /** Zeros that windows of the last line meet behind it. */
  static int rest(Axis width) {
    return Math.max(0, reach(width) - pitch(width));
  }

  /** Lines of a turn that so many lines of windows meet. */
  static int lines(ConvolutionGeometry g, int count) {
    return count + shift(g.height(), g.height().kernel() - 1);
  }

  /** Places of all that so many lines of windows meet. */
  static int places(ConvolutionGeometry g, int count) {
    int turns = turns(g.height()) * turns(g.width());
    return turns * lines(g, count) * pitch(g.width()) + rest(g.width());
  }

  /** The place where a line of two turns begins. */
  static int place(ConvolutionGeometry g, int count, int down, int across, int line) {
    return ((down * turns(g.width()) + across) * lines(g, count) + line) * pitch(g.width());
  }

  /** How far from the first window's place lies what an element of the kernel meets. */
  static int distance(ConvolutionGeometry g, int count, int down, int across) {
    int line = shift(g.height(), down);
    int begin = place(g, count, turn(g.height(), down), turn(g.width(), across), line);
    return begin + shift(g.width(), across);
  }
}
