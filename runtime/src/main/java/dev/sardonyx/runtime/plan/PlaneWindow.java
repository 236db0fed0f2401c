package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Window;
import java.util.List;

/** A window over one or two spatial axes as one over planes; a single axis is the width. */
record PlaneWindow(
    int height,
    int width,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight) {

  /** The window on an input (N, C, spatial...), its pads computed. */
  static PlaneWindow of(Window window, long[] input) {
    int rank = window.rank();
    long[] spatial = new long[rank];
    System.arraycopy(input, 2, spatial, 0, rank);
    List<Integer> pads = window.padsFor(spatial);
    int last = rank - 1;
    boolean flat = rank == 1;
    return new PlaneWindow(
        flat ? 1 : Sizes.narrow(spatial[0]),
        Sizes.narrow(spatial[last]),
        flat ? 1 : window.kernel().getFirst(),
        window.kernel().getLast(),
        flat ? 1 : window.strides().getFirst(),
        window.strides().getLast(),
        flat ? 1 : window.dilations().getFirst(),
        window.dilations().getLast(),
        flat ? 0 : pads.getFirst(),
        pads.get(last),
        flat ? 0 : pads.get(rank),
        pads.getLast());
  }
}
