package dev.sardonyx.runtime.vote;

/**
 * A tensor as lines along one axis: element i of line l is at {@code start(l) + i * step}.
 *
 * @param length elements to a line
 * @param step how far neighbours on a line lie apart
 */
record Lines(long length, long step) {
  static Lines of(long[] sizes, int axis) {
    int at = Places.axis(axis, sizes.length);
    return new Lines(sizes[at], Places.count(sizes, at + 1, sizes.length));
  }

  /** The line of an element. */
  long line(long index) {
    return index / (length * step) * step + index % step;
  }

  /** The place of an element on its line. */
  long place(long index) {
    return index / step % length;
  }

  /** The first element of a line. */
  long start(long line) {
    return line / step * length * step + line % step;
  }
}
