package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;

/**
 * Tries the packing of right operands: whole rows, columns that are turned, and single elements.
 */
final class PackingTrials extends OperationTrial {
  /** Ways to lie in memory, as many as there are pieces of code. */
  enum Layout {
    ROWS,
    COLUMNS,
    STRIDES,
    ANYWHERE
  }

  private final int width;

  PackingTrials(Kernels machine) {
    super(machine, "packing of panels", 0);
    this.width = machine.panelWidth();
  }

  @Override
  public int size() {
    return Layout.values().length;
  }

  @Override
  public String name(int number) {
    return "panels of " + Layout.values()[number];
  }

  /** A number for strides. */
  static int number(long rowStride, long columnStride) {
    return (columnStride == 1 ? Layout.ROWS : rowStride == 1 ? Layout.COLUMNS : Layout.STRIDES)
        .ordinal();
  }

  @Override
  Problem problem(int number, int length, int variant) {
    Layout layout = Layout.values()[number];
    int n =
        width + (variant + 1) * width / 3; // whole panels and a broken one, from the first trial on
    int rowStride =
        switch (layout) {
          case ROWS -> n + variant;
          case COLUMNS -> 1;
          case STRIDES, ANYWHERE -> 2;
        };
    int columnStride =
        switch (layout) {
          case ROWS -> 1;
          case COLUMNS -> length + variant;
          case STRIDES, ANYWHERE -> 2 * length + variant;
        };
    int from = (length - 1) * rowStride + (n - 1) * columnStride + 1;
    int to = Math.ceilDiv(n, width) * width * length;
    return new Problem(
        new int[] {from},
        to,
        1,
        (kernels, in, panels) -> {
          if (!(kernels instanceof ProductKernels)) {
            plain(floats(in[0]), length, n, rowStride, columnStride, floats(panels));
          } else if (layout == Layout.ANYWHERE) {
            long[] rows = places(length, rowStride);
            kernels.packFilter(in[0], 0, rows, places(n, columnStride), panels, 0);
          } else {
            kernels.packPanels(in[0], 0, length, n, rowStride, columnStride, panels, 0);
          }
        });
  }

  private void plain(float[] from, int k, int n, int rowStride, int columnStride, float[] panels) {
    for (int j = 0; j < n; j++) {
      int to = j / width * width * k + j % width;
      for (int i = 0; i < k; i++) {
        panels[to + i * width] = from[i * rowStride + j * columnStride];
      }
    }
  }

  private static long[] places(int count, int stride) {
    var places = new long[count];
    for (int i = 0; i < count; i++) {
      places[i] = (long) i * stride;
    }
    return places;
  }
}
