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

  static void requireAtLeast(String layer, String argument, IntPair found, int least) {
    boolean law = found.height() >= least && found.width() >= least;
    require(law, layer, argument, least + " or more", found);
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
      String layer, IntPair kernel, IntPair stride, IntPair padding, IntPair dilation) {
    requireAtLeast(layer, "kernelSize", kernel, 1);
    requireAtLeast(layer, "stride", stride, 1);
    requireAtLeast(layer, "padding", padding, 0);
    long height = dilation.height() * (kernel.height() - 1L) + 1;
    long width = dilation.width() * (kernel.width() - 1L) + 1;
    boolean law = padding.height() <= height / 2 && padding.width() <= width / 2;
    require(law, layer, "padding", "at most half of kernelSize = " + kernel, padding);
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
