package dev.sardonyx.runtime.kernel;

/**
 * The shape of a pooling over volumes; pictures have the depth {@link Axis#SINGLE}, sequences the
 * height too. The output size is the caller's decision (ceil_mode); a window may reach beyond the
 * padded input and is cut there.
 *
 * @param planes batch * channels
 * @param countIncludePad whether padding counts in the divisor of an average
 */
public record PoolGeometry(
    int planes,
    Axis depth,
    Axis height,
    Axis width,
    int outDepth,
    int outHeight,
    int outWidth,
    boolean countIncludePad) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public PoolGeometry {
    Axis.requireAtLeast(0, planes, "planes");
    Axis.requireAtLeast(0, outDepth, "outDepth");
    Axis.requireAtLeast(0, outHeight, "outHeight");
    Axis.requireAtLeast(0, outWidth, "outWidth");
  }

  /** Elements of an input plane. */
  public long inPixels() {
    return (long) depth.size() * height.size() * width.size();
  }

  /** Whether each plane is one window without padding: a mean or maximum of whole planes. */
  public boolean isGlobal() {
    return outDepth == 1
        && outHeight == 1
        && outWidth == 1
        && isWhole(depth)
        && isWhole(height)
        && isWhole(width);
  }

  private static boolean isWhole(Axis axis) {
    return axis.kernel() == axis.size() && axis.dilation() == 1 && axis.padBefore() == 0;
  }
}
