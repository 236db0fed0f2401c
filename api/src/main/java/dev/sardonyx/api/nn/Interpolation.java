package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Resize;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Interpolation of the spatial dims of [N, C, ...]. */
final class Interpolation {
  private Interpolation() {}

  static Tensor interpolate(Tensor x, UpsampleOptions options) {
    int dims = x.rank() - 2;
    if (!(dims >= 1 && dims <= 3 && options.mode().takes(dims))) {
      String expected = "[N, C, ...] with the spatial dims that mode " + options.mode() + " takes";
      String words = "interpolate expects " + expected + ", found " + x.type();
      throw Arguments.rankError("interpolate", expected, x, words);
    }
    Tensor none = Tensor.zeros(0);
    boolean rounded = options.size().isEmpty() && options.alignCorners();
    Optional<Tensor> sizes = rounded ? roundedSizes(x, options, dims) : sizes(options, dims);
    boolean scaled = sizes.isEmpty();
    Tensor scales = scaled ? scales(x, options, dims) : none;
    List<Optional<Tensor>> inputs =
        scaled
            ? List.of(Optional.of(x), Optional.of(none), Optional.of(scales))
            : List.of(Optional.of(x), Optional.of(none), Optional.of(none), sizes);
    return Operations.applyAll(resize(options, dims), inputs).getFirst();
  }

  /** Source: torch interpolate, whose linear modes copy along an axis that keeps its size. */
  private static Tensor scales(Tensor x, UpsampleOptions options, int dims) {
    List<Double> factors = UpsampleOptions.forDims(options.scaleFactor(), dims, "scaleFactor");
    float[] values = new float[dims];
    for (int i = 0; i < dims; i++) {
      boolean copied = isLinear(options.mode()) && keepsSize(x.size(2 + i), factors.get(i));
      values[i] = copied ? 1 : factors.get(i).floatValue();
    }
    return Tensor.of(values, dims);
  }

  private static boolean isLinear(InterpolateMode mode) {
    return switch (mode) {
      case LINEAR, BILINEAR, TRILINEAR -> true;
      case NEAREST, NEAREST_EXACT, BICUBIC -> false;
    };
  }

  private static boolean keepsSize(Dim size, double factor) {
    return size.isFixed() && (long) (size.fixed() * factor) == size.fixed();
  }

  private static Optional<Tensor> sizes(UpsampleOptions options, int dims) {
    if (options.size().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> sizes = UpsampleOptions.forDims(options.size(), dims, "size");
    return Optional.of(Tensor.of(sizes.stream().mapToLong(Integer::longValue).toArray(), dims));
  }

  /**
   * With corners aligned PyTorch takes the rounded sizes, ONNX the exact products: sizes are given
   * where the two differ.
   */
  private static Optional<Tensor> roundedSizes(Tensor x, UpsampleOptions options, int dims) {
    List<Double> factors = UpsampleOptions.forDims(options.scaleFactor(), dims, "scaleFactor");
    if (factors.stream().allMatch(factor -> factor == Math.rint(factor))) {
      return Optional.empty();
    }
    long[] sizes = new long[dims];
    for (int i = 0; i < dims; i++) {
      if (!x.size(2 + i).isFixed()) {
        throw new SardonyxException(
            ErrorCode.SHAPE,
            "interpolate with alignCorners and a fractional scaleFactor expects known spatial dims,"
                + " found "
                + x.type());
      }
      sizes[i] = (long) Math.floor(x.size(2 + i).fixed() * factors.get(i));
    }
    return Optional.of(Tensor.of(sizes, dims));
  }

  /** The spatial dims alone, so that the others may be symbols. */
  private static Resize resize(UpsampleOptions options, int dims) {
    Resize.Mode mode =
        switch (options.mode()) {
          case NEAREST, NEAREST_EXACT -> Resize.Mode.NEAREST;
          case LINEAR, BILINEAR, TRILINEAR -> Resize.Mode.LINEAR;
          case BICUBIC -> Resize.Mode.CUBIC;
        };
    Resize.Coordinates coordinates =
        options.mode() == InterpolateMode.NEAREST
            ? Resize.Coordinates.ASYMMETRIC
            : options.alignCorners()
                ? Resize.Coordinates.ALIGN_CORNERS
                : Resize.Coordinates.HALF_PIXEL;
    Resize.Nearest nearest =
        options.mode() == InterpolateMode.NEAREST_EXACT
            ? Resize.Nearest.ROUND_PREFER_CEIL
            : Resize.Nearest.FLOOR;
    List<Integer> axes = IntStream.range(2, 2 + dims).boxed().toList();
    return new Resize(mode, coordinates, nearest, Resize.CUBIC, false, axes);
  }
}
