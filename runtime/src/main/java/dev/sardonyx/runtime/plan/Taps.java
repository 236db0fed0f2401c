package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Elements;
import java.lang.foreign.MemorySegment;

/**
 * The elements of a plane of any rank that a value between them is made of, with their weights:
 * some along each axis, and all combinations of those. Not thread-safe.
 */
final class Taps {
  /** Stands for an element outside, which counts as zero. */
  static final long NONE = -1;

  private static final double CUBIC = -0.75;

  private final long[] sizes;
  private final long[] strides;
  private final int each;
  private final long[][] places;
  private final double[][] shares;
  private final long[] at;
  private final double[] weights;

  /** Taps of a plane, so many along each axis. Errors: IllegalArgumentException for too many. */
  Taps(long[] sizes, int each) {
    this.sizes = sizes;
    this.each = each;
    strides = LoopNest.strides(sizes);
    places = new long[sizes.length][each];
    shares = new double[sizes.length][each];
    double count = Math.pow(each, sizes.length);
    if (count > 1 << 16) {
      throw new IllegalArgumentException("too many axes to interpolate along: " + sizes.length);
    }
    at = new long[(int) count];
    weights = new double[(int) count];
  }

  /** How many elements a value is made of. */
  int count() {
    return at.length;
  }

  /** How a tap that is outside is found inside, or {@link #NONE}. */
  @FunctionalInterface
  interface Inside {
    long of(long place, int axis);
  }

  /** The taps along one axis around a place: the nearest, two or four. */
  void along(int axis, double place, Inside inside) {
    double floor = Math.floor(place);
    long first = (long) floor - (each == 4 ? 1 : 0);
    double part = place - floor;
    for (int t = 0; t < each; t++) {
      long tap = first + t;
      boolean within = tap >= 0 && tap < sizes[axis];
      places[axis][t] = within ? tap : inside.of(tap, axis);
      shares[axis][t] =
          switch (each) {
            case 1 -> 1;
            case 2 -> t == 0 ? 1 - part : part;
            default -> cubic(Math.abs(part - (t - 1)));
          };
    }
  }

  /** Source: Keys, "Cubic convolution interpolation", 1981. */
  private static double cubic(double d) {
    return d <= 1
        ? ((CUBIC + 2) * d - (CUBIC + 3)) * d * d + 1
        : ((CUBIC * d - 5 * CUBIC) * d + 8 * CUBIC) * d - 4 * CUBIC;
  }

  /** Combines the taps of all axes. */
  void combine() {
    for (int i = 0; i < at.length; i++) {
      long place = 0;
      double weight = 1;
      int rest = i;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        long along = places[axis][rest % each];
        weight *= shares[axis][rest % each];
        place = along == NONE || place == NONE ? NONE : place + along * strides[axis];
        rest /= each;
      }
      at[i] = place;
      weights[i] = weight;
    }
  }

  /** The value in a plane that begins at an element of a tensor. */
  double sum(Elements elements, MemorySegment x, long from) {
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      if (at[i] != NONE) {
        sum += weights[i] * elements.number(x, from + at[i]);
      }
    }
    return sum;
  }

  /** The one element where there is one tap; {@link #NONE} where that is outside. */
  long only() {
    return at[0];
  }
}
