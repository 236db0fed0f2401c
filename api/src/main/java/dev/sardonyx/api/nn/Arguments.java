package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The checks of layers, in the same words everywhere: layer, argument, expected, found. */
final class Arguments {
  private Arguments() {}

  static void require(boolean law, String layer, String argument, String expected, Object found) {
    if (!law) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          layer + ": " + argument + " must be " + expected + ", found " + found);
    }
  }

  static void requireAtLeast(String layer, String argument, int found, int least) {
    require(found >= least, layer, argument, least + " or more", found);
  }

  /** A number for each axis, all {@code least} or more. Errors: ARGUMENT. */
  static IntTuple atLeast(String layer, String argument, IntTuple found, int rank, int least) {
    boolean law = found.numbers().stream().allMatch(number -> number >= least);
    require(law, layer, argument, least + " or more", found);
    return found.expanded(layer, argument, rank);
  }

  /** A number for each axis, all 1 or more. Errors: ARGUMENT. */
  static IntTuple positive(String layer, String argument, IntTuple found, int rank) {
    return atLeast(layer, argument, found, rank, 1);
  }

  static void requireSizes(String layer, String argument, List<Integer> found) {
    boolean law = !found.isEmpty() && found.stream().allMatch(size -> size >= 1);
    require(law, layer, argument, "one size or several, each 1 or more", found);
  }

  static void requireDivisible(String layer, String argument, int found, int groups) {
    require(found % groups == 0, layer, argument, "a multiple of groups = " + groups, found);
  }

  /** Source: torch pooling_output_shape, whose law is about the dilated kernel. */
  static void requirePool(
      String layer,
      int rank,
      IntTuple kernel,
      IntTuple stride,
      IntTuple padding,
      IntTuple dilation) {
    positive(layer, "kernelSize", kernel, rank);
    positive(layer, "stride", stride, rank);
    atLeast(layer, "padding", padding, rank, 0);
    for (int axis = 0; axis < rank; axis++) {
      long extent = dilation.get(axis) * (kernel.get(axis) - 1L) + 1;
      boolean law = padding.get(axis) <= extent / 2;
      require(law, layer, "padding", "at most half of kernelSize = " + kernel, padding);
    }
  }

  static void requireApproximation(String layer, String found) {
    boolean law = found.equals("none") || found.equals("tanh");
    require(law, layer, "approximate", "none or tanh", found);
  }

  static void requireProbability(String layer, double p) {
    require(p >= 0 && p <= 1, layer, "p", "in [0, 1]", p);
  }

  /**
   * Demands one of some shapes, written as {@code "N, 3, H, W"}: digits are sizes, names match any
   * dim. Errors: SHAPE, naming the layer, what it expects and what it found.
   */
  static void requireShape(String layer, Tensor x, String... expected) {
    if (Arrays.stream(expected).noneMatch(form -> matches(x, form.split(", ")))) {
      String forms = Arrays.stream(expected).collect(Collectors.joining("] or [", "[", "]"));
      throw new SardonyxException(
          ErrorCode.SHAPE, layer + " expects " + forms + ", found " + x.type());
    }
  }

  private static boolean matches(Tensor x, String[] form) {
    boolean matches = x.rank() == form.length;
    for (int axis = 0; matches && axis < form.length; axis++) {
      boolean size = Character.isDigit(form[axis].charAt(0));
      matches = !size || !x.size(axis).differsFrom(Dim.parse(form[axis]));
    }
    return matches;
  }
}
