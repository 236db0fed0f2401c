package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Pooling window by window; both kernel sets use it. */
final class Pooling {

  private final boolean maximum;

  private Pooling(boolean maximum) {
    this.maximum = maximum;
  }

  static Pooling ofMaximum() {
    return new Pooling(true);
  }

  static Pooling ofAverage() {
    return new Pooling(false);
  }

  void run(PoolGeometry g, MemorySegment x, MemorySegment y) {
    long target = 0;
    for (int plane = 0; plane < g.planes(); plane++) {
      long input = (long) plane * g.height() * g.width();
      for (int row = 0; row < g.outHeight(); row++) {
        long top = (long) row * g.strideHeight() - g.padTop();
        int firstRow = Extent.firstInside(top, g.dilationHeight(), g.kernelHeight());
        int endRow = Extent.endInside(top, g.dilationHeight(), g.height(), g.kernelHeight());
        for (int column = 0; column < g.outWidth(); column++) {
          long left = (long) column * g.strideWidth() - g.padLeft();
          int first = Extent.firstInside(left, g.dilationWidth(), g.kernelWidth());
          int end = Extent.endInside(left, g.dilationWidth(), g.width(), g.kernelWidth());
          long corner = input + top * g.width() + left;
          float value =
              maximum
                  ? maximum(g, x, corner, firstRow, endRow, first, end)
                  : average(g, x, corner, firstRow, endRow, first, end, top, left);
          Floats.set(y, target++, value);
        }
      }
    }
  }

  private static float maximum(
      PoolGeometry g, MemorySegment x, long corner, int firstRow, int endRow, int first, int end) {
    float best = Float.NEGATIVE_INFINITY;
    for (int i = firstRow; i < endRow; i++) {
      long row = corner + (long) i * g.dilationHeight() * g.width();
      for (int j = first; j < end; j++) {
        float value = Floats.get(x, row + (long) j * g.dilationWidth());
        // A NaN, once met, stays: no value compares as greater than it.
        best = value > best || Float.isNaN(value) ? value : best;
      }
    }
    return best;
  }

  private static float average(
      PoolGeometry g,
      MemorySegment x,
      long corner,
      int firstRow,
      int endRow,
      int first,
      int end,
      long top,
      long left) {
    double sum = 0;
    for (int i = firstRow; i < endRow; i++) {
      long row = corner + (long) i * g.dilationHeight() * g.width();
      for (int j = first; j < end; j++) {
        sum += Floats.get(x, row + (long) j * g.dilationWidth());
      }
    }
    long rows = Math.max(0, endRow - firstRow);
    long columns = Math.max(0, end - first);
    if (g.countIncludePad()) {
      long paddedHeight = (long) g.height() + g.padBottom();
      long paddedWidth = (long) g.width() + g.padRight();
      rows = Extent.endInside(top, g.dilationHeight(), paddedHeight, g.kernelHeight());
      columns = Extent.endInside(left, g.dilationWidth(), paddedWidth, g.kernelWidth());
    }
    long count = rows * columns;
    return count == 0 ? 0 : (float) (sum / count);
  }
}
