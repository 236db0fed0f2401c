package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Window;
import dev.sardonyx.runtime.kernel.Axis;
import java.util.List;

/** The three spatial axes that kernels know, of a window over one to three: the last are there. */
record Axes(Axis depth, Axis height, Axis width) {
  private static final int MOST = 3;

  /** The axes of a window on an input (N, C, spatial...) with these pads. */
  static Axes of(Window window, long[] input, List<Integer> pads) {
    return new Axes(
        axis(window, input, pads, 0), axis(window, input, pads, 1), axis(window, input, pads, 2));
  }

  /** The same with the window's own pads. */
  static Axes of(Window window, long[] input) {
    return of(window, input, window.padsFor(spatial(input)));
  }

  /** The sizes behind batch and channels. */
  static long[] spatial(long[] sizes) {
    long[] result = new long[sizes.length - 2];
    System.arraycopy(sizes, 2, result, 0, result.length);
    return result;
  }

  /** The size of one of the three axes in a tensor (N, C, spatial...). */
  static int size(long[] sizes, int axis) {
    int at = axis + sizes.length - MOST;
    return at < 2 ? 1 : Sizes.narrow(sizes[at]);
  }

  private static Axis axis(Window window, long[] input, List<Integer> pads, int axis) {
    int rank = window.rank();
    int at = axis + rank - MOST;
    return at < 0
        ? Axis.SINGLE
        : new Axis(
            size(input, axis),
            window.kernel().get(at),
            window.strides().get(at),
            window.dilations().get(at),
            pads.get(at),
            pads.get(at + rank));
  }
}
