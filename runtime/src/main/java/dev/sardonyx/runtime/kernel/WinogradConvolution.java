package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A convolution of 3 x 3 weights that moves by one, made ready for Winograd's transforms: x {@code
 * [batch, height, width, channels]} gives y {@code [batch, outHeight, outWidth, outChannels]} in
 * tiles of {@code size} x {@code size} pixels. Source: Lavin and Gray, Fast Algorithms for
 * Convolutional Neural Networks, F(2x2, 3x3) and F(4x4, 3x3).
 *
 * @param size 2 or 4
 * @param weights as {@link Kernels#packWinograd} makes them
 */
public record WinogradConvolution(
    int size,
    int batch,
    int channels,
    int outChannels,
    Axis height,
    Axis width,
    MemorySegment x,
    MemorySegment weights,
    MemorySegment y,
    Epilogue epilogue) {

  /** The input pixels that a tile reads along an axis: 4 or 6. */
  public int reach() {
    return size + 2;
  }

  /** The products of a tile. */
  public int positions() {
    return reach() * reach();
  }

  /** The tiles along a column of an image. */
  public int tilesDown() {
    return Math.ceilDiv(height.output(), size);
  }

  /** The tiles along a row of an image. */
  public int tilesAcross() {
    return Math.ceilDiv(width.output(), size);
  }

  /** All tiles. */
  public int tiles() {
    return Math.multiplyExact(batch, Math.multiplyExact(tilesDown(), tilesAcross()));
  }
}
