package dev.sardonyx.runtime.kernel;

/**
 * The shape of a transposed convolution over volumes: the axes are those of the input, whose
 * elements the kernel spreads over the output; padding is cut off the output. The output's size is
 * the caller's decision.
 *
 * @param batch images; 0 or more
 * @param channels input channels over all groups
 * @param outChannels output channels over all groups
 * @param groups divides both channel counts
 */
public record TransposedGeometry(
    int batch,
    int channels,
    int outChannels,
    int groups,
    Axis depth,
    Axis height,
    Axis width,
    int outDepth,
    int outHeight,
    int outWidth) {

  /**
   * Checks the values against each other.
   *
   * @throws IllegalArgumentException if a size is out of range or the groups do not divide the
   *     channels
   */
  public TransposedGeometry {
    ConvolutionGeometry.requireChannels(batch, channels, outChannels, groups);
    Axis.requireAtLeast(1, outDepth, "outDepth");
    Axis.requireAtLeast(1, outHeight, "outHeight");
    Axis.requireAtLeast(1, outWidth, "outWidth");
  }

  /** Elements of an input plane. */
  public int inPixels() {
    int slice = Math.multiplyExact(height.size(), width.size());
    return Math.multiplyExact(depth.size(), slice);
  }

  /** Elements of an output plane. */
  public int outPixels() {
    return Math.multiplyExact(outDepth, Math.multiplyExact(outHeight, outWidth));
  }

  /** Input channels of one group. */
  public int groupChannels() {
    return channels / groups;
  }

  /** Output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /** Kernel elements per pair of channels. */
  public int kernel() {
    int slice = Math.multiplyExact(height.kernel(), width.kernel());
    return Math.multiplyExact(depth.kernel(), slice);
  }
}
