package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Resize;
import java.util.Optional;

/**
 * One axis of a Resize.
 *
 * @param start where the part that is taken begins, of 0 to 1
 * @param end where it ends
 * @param unchanged whether the axis is not resized at all
 */
record ResizedAxis(long from, long to, double scale, double start, double end, boolean unchanged) {

  static ResizedAxis same(long size) {
    return new ResizedAxis(size, size, 1, 0, 1, true);
  }

  ResizedAxis scaled(double other) {
    return new ResizedAxis(from, to, other, start, end, unchanged);
  }

  /** What an element is made of; weights sum up to 1. */
  record Neighbours(long[] indices, double[] weights) {}

  /** The position in the input for one of the output. */
  private double position(Resize.Coordinates coordinates, long at) {
    double length = scale * from;
    return switch (coordinates) {
      case HALF_PIXEL -> (at + 0.5) / scale - 0.5;
      case PYTORCH_HALF_PIXEL -> to == 1 ? 0 : (at + 0.5) / scale - 0.5;
      case ALIGN_CORNERS -> length == 1 ? 0 : at * (from - 1) / (length - 1);
      case ASYMMETRIC -> at / scale;
      case HALF_PIXEL_SYMMETRIC -> {
        double adjustment = to / length;
        double offset = from / 2.0 * (1 - adjustment);
        yield offset + (at + 0.5) / scale - 0.5;
      }
      case TF_CROP_AND_RESIZE ->
          to == 1
              ? (start + end) * (from - 1) / 2
              : start * (from - 1) + at * (end - start) * (from - 1) / (to - 1);
    };
  }

  long nearest(Resize op, long at) {
    if (unchanged) {
      return at;
    }
    double position = position(op.coordinates(), at);
    double whole = Math.floor(position);
    double rest = position - whole;
    boolean up =
        switch (op.nearest()) {
          case ROUND_PREFER_FLOOR -> rest > 0.5;
          case ROUND_PREFER_CEIL -> rest >= 0.5;
          case FLOOR -> false;
          case CEIL -> rest > 0;
        };
    return Math.clamp((long) whole + (up ? 1 : 0), 0, from - 1);
  }

  /** Empty where the position is outside of what may be taken. */
  Optional<Neighbours> neighbours(Resize op, long at) {
    if (unchanged) {
      return Optional.of(new Neighbours(new long[] {at}, new double[] {1}));
    }
    double position = position(op.coordinates(), at);
    boolean cropped = op.coordinates() == Resize.Coordinates.TF_CROP_AND_RESIZE;
    if (cropped && (position < 0 || position > from - 1)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (op.mode()) {
          case NEAREST -> new Neighbours(new long[] {nearest(op, at)}, new double[] {1});
          case LINEAR -> around(op, position, 0, 2);
          case CUBIC -> around(op, position, -1, 4);
        });
  }

  private Neighbours around(Resize op, double position, int first, int many) {
    long whole = (long) Math.floor(position);
    long[] indices = new long[many];
    double[] weights = new double[many];
    for (int i = 0; i < many; i++) {
      long at = whole + first + i;
      double distance = Math.abs(position - at);
      weights[i] = many == 2 ? 1 - distance : cubic(distance, op.cubicCoeffA());
      weights[i] = op.excludeOutside() && (at < 0 || at >= from) ? 0 : weights[i];
      indices[i] = Math.clamp(at, 0, from - 1);
    }
    return new Neighbours(indices, op.excludeOutside() ? Resizing.whole(weights) : weights);
  }

  /** Source: Keys, Cubic convolution interpolation for digital image processing. */
  private static double cubic(double x, double a) {
    return x <= 1
        ? ((a + 2) * x - (a + 3)) * x * x + 1
        : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
