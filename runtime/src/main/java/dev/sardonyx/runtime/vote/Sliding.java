package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Window;

/**
 * A window that slides over the spatial axes: which elements it covers for each place of the
 * output. Source: ONNX Conv, attributes auto_pad, dilations, pads, strides.
 *
 * @param spatial the input's sizes
 * @param begins how many elements of padding stand before each axis
 * @param ends how many behind it
 */
record Sliding(long[] spatial, long[] output, Window window, long[] begins, long[] ends) {

  static Sliding of(Window window, long[] spatial, long[] output) {
    int rank = spatial.length;
    long[] begins = new long[rank];
    long[] ends = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      if (window.autoPad() == AutoPad.NOTSET) {
        begins[axis] = window.pads().get(axis);
        ends[axis] = window.pads().get(axis + rank);
      } else if (window.autoPad() != AutoPad.VALID) {
        long covered = (output[axis] - 1) * window.strides().get(axis) + extent(window, axis);
        long all = Math.max(0, covered - spatial[axis]);
        begins[axis] = window.autoPad() == AutoPad.SAME_UPPER ? all / 2 : all - all / 2;
        ends[axis] = all - begins[axis];
      }
    }
    return new Sliding(spatial, output, window, begins, ends);
  }

  private static long extent(Window window, int axis) {
    return (long) window.dilations().get(axis) * (window.kernel().get(axis) - 1) + 1;
  }

  /** The elements of a kernel. */
  long kernel() {
    return window.kernel().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** What a window covers. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One element.
     *
     * @param input its index in the plane, or -1 in the padding
     * @param tap its index in the kernel
     * @param beyond whether it lies even beyond the padding, where rounding up has put the window
     */
    void visit(long input, long tap, boolean beyond);
  }

  /** Visits all that the window at a place of the output plane covers, the padding included. */
  void visit(long place, Visitor visitor) {
    int rank = spatial.length;
    long[] at = Places.of(place, output);
    long[] kernel = window.kernel().stream().mapToLong(Integer::longValue).toArray();
    long taps = Places.count(kernel);
    for (long tap = 0; tap < taps; tap++) {
      long[] within = Places.of(tap, kernel);
      long index = 0;
      boolean inside = true;
      boolean beyond = false;
      for (int axis = 0; axis < rank; axis++) {
        long start = at[axis] * window.strides().get(axis) - begins[axis];
        long position = start + within[axis] * window.dilations().get(axis);
        inside &= position >= 0 && position < spatial[axis];
        beyond |= position >= spatial[axis] + ends[axis];
        index = index * spatial[axis] + position;
      }
      visitor.visit(inside ? index : -1, tap, beyond);
    }
  }
}
