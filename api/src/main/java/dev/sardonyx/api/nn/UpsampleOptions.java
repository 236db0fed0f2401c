package dev.sardonyx.api.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The arguments of interpolation: {@code o -> o.scaleFactor(2).mode(InterpolateMode.BILINEAR)}.
 * Each method gives a changed copy. Source: torch.nn.Upsample.
 *
 * @param size the spatial sizes of the output; empty where scaleFactor is given; one is for all
 *     dims
 * @param scaleFactor the factors of the spatial dims; empty where size is given; one is for all
 *     dims
 * @param mode how elements are made
 * @param alignCorners whether the first and the last elements meet, rather than the outer edges
 */
public record UpsampleOptions(
    List<Integer> size, List<Double> scaleFactor, InterpolateMode mode, boolean alignCorners) {
  private static final UpsampleOptions DEFAULTS =
      new UpsampleOptions(List.of(), List.of(), InterpolateMode.NEAREST, false);

  public UpsampleOptions {
    size = List.copyOf(size);
    scaleFactor = List.copyOf(scaleFactor);
  }

  /** Neither size nor scale, nearest elements. */
  public static UpsampleOptions defaults() {
    return DEFAULTS;
  }

  /** The spatial sizes of the output: one for all dims, or one for each. */
  public UpsampleOptions size(int... changed) {
    List<Integer> list = Arrays.stream(changed).boxed().toList();
    return new UpsampleOptions(list, scaleFactor, mode, alignCorners);
  }

  /** The factors of the spatial dims: one for all, or one for each. */
  public UpsampleOptions scaleFactor(double... changed) {
    List<Double> list = Arrays.stream(changed).boxed().toList();
    return new UpsampleOptions(size, list, mode, alignCorners);
  }

  /** How elements are made. */
  public UpsampleOptions mode(InterpolateMode changed) {
    return new UpsampleOptions(size, scaleFactor, changed, alignCorners);
  }

  /** Whether the first and the last elements meet, rather than the outer edges. */
  public UpsampleOptions alignCorners(boolean changed) {
    return new UpsampleOptions(size, scaleFactor, mode, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  UpsampleOptions checked(String layer) {
    Arguments.require(
        size.isEmpty() != scaleFactor.isEmpty(),
        layer,
        "either size or scaleFactor",
        "given",
        "size " + size + " and scaleFactor " + scaleFactor);
    Arguments.require(size.stream().allMatch(n -> n >= 1), layer, "size", "1 or more", size);
    Arguments.require(
        scaleFactor.stream().allMatch(f -> f > 0), layer, "scaleFactor", "above 0", scaleFactor);
    Arguments.require(
        !alignCorners || !mode.isNearest(),
        layer,
        "alignCorners",
        "left out with mode " + mode,
        alignCorners);
    return this;
  }

  /** One number for each of so many dims. Errors: ARGUMENT. */
  static <T> List<T> forDims(List<T> given, int dims, String argument) {
    Arguments.require(
        given.size() == 1 || given.size() == dims,
        "interpolate",
        argument,
        "1 or " + dims + " numbers",
        given);
    return given.size() == 1 ? Collections.nCopies(dims, given.getFirst()) : given;
  }

  /** As PyTorch prints it. */
  String shown() {
    return (size.isEmpty()
            ? "scale_factor=" + tuple(scaleFactor.stream().map(PythonText::of).toList())
            : "size=" + tuple(size.stream().map(Object::toString).toList()))
        + ", mode="
        + mode;
  }

  private static String tuple(List<String> texts) {
    return texts.size() == 1
        ? texts.getFirst()
        : texts.stream().collect(Collectors.joining(", ", "(", ")"));
  }
}
