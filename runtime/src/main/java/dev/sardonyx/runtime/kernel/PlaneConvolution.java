package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A convolution of pictures of few channels, read plane by plane: x is {@code [batch, channel,
 * height, width]}, y {@code [batch, height, width, out channel]}. It has one group, and no more
 * than {@link #MOST_TAPS} taps.
 *
 * @param panels the weights as {@link Kernels#packPanels} packs them, rows in the order {@code
 *     [channel, kernel height, kernel width]}
 * @param epilogue its bias has one value per out channel
 */
public record PlaneConvolution(
    ConvolutionGeometry geometry,
    MemorySegment x,
    MemorySegment panels,
    MemorySegment y,
    Epilogue epilogue) {

  /** Taps over all channels: what tiles sum at a time. */
  public static final int MOST_TAPS = Products.K_BLOCK;

  /** The lines of y. */
  public int lines() {
    return Math.multiplyExact(geometry.batch(), geometry.outRows());
  }
}
