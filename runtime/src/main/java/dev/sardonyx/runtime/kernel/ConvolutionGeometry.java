package dev.sardonyx.runtime.kernel;

/**
 * The shape of a convolution over volumes; pictures have the depth {@link Axis#SINGLE}, sequences
 * the height too.
 *
 * @param batch images; 0 or more
 * @param channels input channels over all groups
 * @param outChannels output channels over all groups
 * @param groups divides both channel counts
 */
public record ConvolutionGeometry(
    int batch, int channels, int outChannels, int groups, Axis depth, Axis height, Axis width) {

  /**
   * Checks the values against each other.
   *
   * @throws IllegalArgumentException if a size is out of range, the groups do not divide the
   *     channels, or the kernel exceeds the padded input
   */
  public ConvolutionGeometry {
    requireChannels(batch, channels, outChannels, groups);
    depth.output();
    height.output();
    width.output();
  }

  static void requireChannels(int batch, int channels, int outChannels, int groups) {
    Axis.requireAtLeast(0, batch, "batch");
    Axis.requireAtLeast(1, channels, "channels");
    Axis.requireAtLeast(1, outChannels, "outChannels");
    Axis.requireAtLeast(1, groups, "groups");
    if (channels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide channels and outChannels (%d vs %d and %d)"
              .formatted(groups, channels, outChannels));
    }
  }

  /** Rows of an output plane, over all its slices. */
  public int outRows() {
    return Math.multiplyExact(depth.output(), height.output());
  }

  /** Columns of an output plane. */
  public int outWidth() {
    return width.output();
  }

  /** Elements of an input plane. */
  public long inPixels() {
    return (long) depth.size() * height.size() * width.size();
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
    int plane = Math.multiplyExact(height.kernel(), width.kernel());
    return Math.multiplyExact(groupChannels(), Math.multiplyExact(depth.kernel(), plane));
  }

  /** Pixels of one output plane. */
  public int outPixels() {
    return Math.multiplyExact(outRows(), outWidth());
  }

  /** Whether every group reads one channel, so that no product has an inner channel dimension. */
  public boolean isDepthwise() {
    return groups > 1 && groupChannels() == 1;
  }

  /** Whether the output is a plain matrix product with the input's pixels as columns. */
  public boolean isPointwise() {
    return depth.isPlain() && height.isPlain() && width.isPlain();
  }
}
