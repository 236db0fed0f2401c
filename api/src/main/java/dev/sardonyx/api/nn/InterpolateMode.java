package dev.sardonyx.api.nn;

import java.util.Locale;

/** How {@link Functional#interpolate} makes elements. Source: torch.nn.functional.interpolate. */
public enum InterpolateMode {
  /** The element at the position rounded down. */
  NEAREST(1, 3),
  /** The nearest element. */
  NEAREST_EXACT(1, 3),
  /** Weighted sums over one spatial dim. */
  LINEAR(1, 1),
  /** Weighted sums over two spatial dims. */
  BILINEAR(2, 2),
  /** Weighted sums of 4 x 4 elements. */
  BICUBIC(2, 2),
  /** Weighted sums over three spatial dims. */
  TRILINEAR(3, 3);

  private final int leastDims;
  private final int mostDims;

  InterpolateMode(int leastDims, int mostDims) {
    this.leastDims = leastDims;
    this.mostDims = mostDims;
  }

  boolean takes(int spatialDims) {
    return spatialDims >= leastDims && spatialDims <= mostDims;
  }

  boolean isNearest() {
    return this == NEAREST || this == NEAREST_EXACT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
