package dev.sardonyx.runtime.kernel;

/**
 * The shape of a two-dimensional pooling. The output size is the caller's decision (ceil_mode); a
 * window may reach beyond the padded input and is cut there.
 *
 * @param planes batch * channels
 * @param height rows of an input plane
 * @param width columns of an input plane
 * @param outHeight rows of an output plane
 * @param outWidth columns of an output plane
 * @param countIncludePad whether padding counts in the divisor of an average
 */
public record PoolGeometry(
    int planes,
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
    int padRight,
    int outHeight,
    int outWidth,
    boolean countIncludePad) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public PoolGeometry {
    Extent.requireAtLeast(0, planes, "planes");
    Extent.requireAtLeast(0, outHeight, "outHeight");
    Extent.requireAtLeast(0, outWidth, "outWidth");
    Extent.require(height, kernelHeight, strideHeight, dilationHeight, padTop, padBottom, "height");
    Extent.require(width, kernelWidth, strideWidth, dilationWidth, padLeft, padRight, "width");
  }

  /** Whether each plane is one window without padding: a mean or maximum of whole planes. */
  public boolean isGlobal() {
    return outHeight == 1
        && outWidth == 1
        && kernelHeight == height
        && kernelWidth == width
        && dilationHeight == 1
        && dilationWidth == 1
        && padTop == 0
        && padLeft == 0;
  }
}
