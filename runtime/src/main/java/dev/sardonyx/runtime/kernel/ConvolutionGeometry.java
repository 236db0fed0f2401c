package dev.sardonyx.runtime.kernel;

/**
 * The shape of a two-dimensional convolution. A one-dimensional one has height, kernelHeight and
 * strideHeight 1.
 *
 * @param batch images; 0 or more
 * @param channels input channels over all groups
 * @param height input rows
 * @param width input columns
 * @param outChannels output channels over all groups
 * @param groups divides both channel counts
 */
public record ConvolutionGeometry(
    int batch,
    int channels,
    int height,
    int width,
    int outChannels,
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
    int groups) {

  /**
   * Checks the values against each other.
   *
   * @throws IllegalArgumentException if a size is out of range, the groups do not divide the
   *     channels, or the kernel exceeds the padded input
   */
  public ConvolutionGeometry {
    Extent.requireAtLeast(0, batch, "batch");
    Extent.requireAtLeast(1, channels, "channels");
    Extent.requireAtLeast(1, outChannels, "outChannels");
    Extent.requireAtLeast(1, groups, "groups");
    if (channels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide channels and outChannels (%d vs %d and %d)"
              .formatted(groups, channels, outChannels));
    }
    Extent.output(height, kernelHeight, strideHeight, dilationHeight, padTop, padBottom, "height");
    Extent.output(width, kernelWidth, strideWidth, dilationWidth, padLeft, padRight, "width");
  }

  /** Rows of the output. */
  public int outHeight() {
    return Extent.output(
        height, kernelHeight, strideHeight, dilationHeight, padTop, padBottom, "height");
  }

  /** Columns of the output. */
  public int outWidth() {
    return Extent.output(
        width, kernelWidth, strideWidth, dilationWidth, padLeft, padRight, "width");
  }

  /** Input channels of one group. */
  public int groupChannels() {
    return channels / groups;
  }

  /** Output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /** Weights per output channel: the inner dimension of the matrix product. */
  public int taps() {
    return Math.multiplyExact(Math.multiplyExact(groupChannels(), kernelHeight), kernelWidth);
  }

  /** Pixels of one output plane. */
  public int outPixels() {
    return Math.multiplyExact(outHeight(), outWidth());
  }

  /** Whether every group reads one channel, so that no product has an inner channel dimension. */
  public boolean isDepthwise() {
    return groups > 1 && groupChannels() == 1;
  }

  /** Whether the output is a plain matrix product with the input's pixels as columns. */
  public boolean isPointwise() {
    return kernelHeight == 1
        && kernelWidth == 1
        && strideHeight == 1
        && strideWidth == 1
        && padTop == 0
        && padLeft == 0
        && padBottom == 0
        && padRight == 0;
  }
}
