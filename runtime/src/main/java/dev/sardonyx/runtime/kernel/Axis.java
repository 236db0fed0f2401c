package dev.sardonyx.runtime.kernel;

/**
 * A window that slides along one spatial axis.
 *
 * @param size elements of the input
 * @param dilation the distance of the kernel's elements
 */
public record Axis(int size, int kernel, int stride, int dilation, int padBefore, int padAfter) {

  /** An axis that is not there: what a picture has as depth. */
  public static final Axis SINGLE = new Axis(1, 1, 1, 1, 0, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public Axis {
    requireAtLeast(1, size, "size");
    requireAtLeast(1, kernel, "kernel");
    requireAtLeast(1, stride, "stride");
    requireAtLeast(1, dilation, "dilation");
    requireAtLeast(0, padBefore, "padding before");
    requireAtLeast(0, padAfter, "padding after");
  }

  /**
   * Checks a range.
   *
   * @throws IllegalArgumentException naming the value if it is less than the least
   */
  public static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d (was %d)".formatted(name, least, value));
    }
  }

  /**
   * The number of whole windows.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int output() {
    long window = (long) dilation * (kernel - 1) + 1;
    long padded = (long) size + padBefore + padAfter;
    if (window > padded) {
      throw new IllegalArgumentException(
          "the kernel must fit the padded input (%d vs %d)".formatted(window, padded));
    }
    return Math.toIntExact((padded - window) / stride + 1);
  }

  /** Whether the window is one element that moves by one, without padding. */
  public boolean isPlain() {
    return kernel == 1 && stride == 1 && padBefore == 0 && padAfter == 0;
  }

  /** Where the first window has its element at a tap; negative in the padding. */
  public long shift(int tap) {
    return (long) tap * dilation - padBefore;
  }

  /** Where a window begins; negative in the padding. */
  public long start(int window) {
    return (long) window * stride - padBefore;
  }

  /**
   * The first window whose element at an offset {@code shift} is one of {@code size}; {@code
   * windows} if there is none.
   */
  public int firstInside(long shift, int windows) {
    return first(shift, stride, windows);
  }

  /**
   * One past the last window whose element at an offset {@code shift} is one of {@code size}; 0 if
   * there is none.
   */
  public int endInside(long shift, int windows) {
    return end(shift, stride, size, windows);
  }

  /** The first tap of a window from {@code start} on that is inside the input. */
  public int firstTap(long start) {
    return first(start, dilation, kernel);
  }

  /** One past the last tap of a window from {@code start} on that is inside the input. */
  public int endTap(long start) {
    return end(start, dilation, size, kernel);
  }

  /** The taps of a window from {@code start} on that are inside the padded input. */
  public int paddedTaps(long start) {
    return end(start, dilation, (long) size + padAfter, kernel);
  }

  /** The first i with start + i * step of 0 or more, count at most. */
  public static int first(long start, int step, int count) {
    return Math.clamp(Math.ceilDiv(-start, (long) step), 0, count);
  }

  /** One past the last i with start + i * step below a size, count at most. */
  public static int end(long start, int step, long size, int count) {
    return Math.clamp(Math.ceilDiv(size - start, (long) step), 0, count);
  }
}
