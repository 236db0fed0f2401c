package dev.sardonyx.runtime.kernel;

/** Exact arithmetic of windows along one axis, and the checks that both geometries share. */
final class Extent {

  private Extent() {}

  static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d (was %d)".formatted(name, least, value));
    }
  }

  static void require(
      int size, int kernel, int stride, int dilation, int padBefore, int padAfter, String axis) {
    requireAtLeast(1, size, axis);
    requireAtLeast(1, kernel, "kernel " + axis);
    requireAtLeast(1, stride, "stride " + axis);
    requireAtLeast(1, dilation, "dilation " + axis);
    requireAtLeast(0, padBefore, "padding before " + axis);
    requireAtLeast(0, padAfter, "padding after " + axis);
  }

  /** The number of whole windows along an axis. */
  static int output(
      int size, int kernel, int stride, int dilation, int padBefore, int padAfter, String axis) {
    require(size, kernel, stride, dilation, padBefore, padAfter, axis);
    long window = (long) dilation * (kernel - 1) + 1;
    long padded = (long) size + padBefore + padAfter;
    if (window > padded) {
      throw new IllegalArgumentException(
          "the kernel must fit the padded %s (%d vs %d)".formatted(axis, window, padded));
    }
    return Math.toIntExact((padded - window) / stride + 1);
  }

  /** The first output position whose tap at input offset {@code shift} lies inside the input. */
  static int firstInside(long shift, int stride, int outputs) {
    return Math.clamp(Math.ceilDiv(-shift, (long) stride), 0, outputs);
  }

  /** One past the last output position whose tap at input offset {@code shift} lies inside. */
  static int endInside(long shift, int stride, long size, int outputs) {
    return Math.clamp(Math.ceilDiv(size - shift, (long) stride), 0, outputs);
  }
}
