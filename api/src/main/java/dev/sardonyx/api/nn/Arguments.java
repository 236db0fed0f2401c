package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
   * Demands one of some shapes of different ranks, written as {@code "N, 3, H, W"}: digits are
   * sizes, names match any dim. Errors: SHAPE, naming the layer, what it expects and what it found.
   *
   * @param law the argument that the sizes come from, as {@link Mismatch} names laws
   */
  static void requireShape(String layer, String law, Tensor x, String... expected) {
    if (!x.shape().isKnown()) {
      return;
    }
    String forms = Arrays.stream(expected).collect(Collectors.joining("] or [", "[", "]"));
    String words = layer + " expects " + forms + ", found " + x.type();
    String[] form =
        Arrays.stream(expected)
            .map(each -> each.split(", "))
            .filter(each -> each.length == x.rank())
            .findFirst()
            .orElseThrow(() -> rankError(layer, forms, x, words));
    for (int axis = 0; axis < form.length; axis++) {
      Dim size = Dim.parse(Character.isDigit(form[axis].charAt(0)) ? form[axis] : "?");
      if (x.size(axis).differsFrom(size)) {
        throw sizeError(layer, law, size, x, axis, words);
      }
    }
  }

  static SardonyxException rankError(String layer, String expected, Tensor x, String words) {
    return Mismatch.of("Rank", layer, expected, x.shape())
        .withType(x.type())
        .error(words + ", whose rank is " + x.rank());
  }

  /** Of a dim that is not what the layer's argument says. */
  static SardonyxException sizeError(
      String layer, String law, Object expected, Tensor x, int axis, String words) {
    String argument = argument(layer, law);
    String name = argument.isEmpty() ? "" : argument + " = ";
    return Mismatch.of(law, layer, expected, x.size(axis))
        .withArgument(argument)
        .withType(x.type())
        .error(words + ", whose dim " + axis + " is " + x.size(axis) + ", not " + name + expected);
  }

  /** Functions, which are written small, have a weight where layers have such an argument. */
  static String argument(String layer, String law) {
    return Character.isUpperCase(layer.charAt(0))
        ? Character.toLowerCase(law.charAt(0)) + law.substring(1)
        : "";
  }

  /** Whether the rank is this one, as far as it is known. */
  static boolean hasRank(Tensor x, int rank) {
    return x.shape().isKnown() && x.rank() == rank;
  }

  /** Demands one of some element types. Errors: DTYPE. */
  static void requireDType(String layer, Tensor x, DType... expected) {
    if (!List.of(expected).contains(x.dtype())) {
      String types =
          Arrays.stream(expected).map(DType::toString).collect(Collectors.joining(" or "));
      throw new SardonyxException(
          ErrorCode.DTYPE,
          layer + " expects " + types + ", found " + x.type(),
          Mismatch.of("DType", layer, types, x.dtype()).withType(x.type()));
    }
  }

  /** Demands a type of real numbers. Errors: DTYPE. */
  static void requireFloat(String layer, Tensor x) {
    if (!x.dtype().isFloat()) {
      throw new SardonyxException(
          ErrorCode.DTYPE,
          layer + " expects a float type, found " + x.type(),
          Mismatch.of("DType", layer, "a float type", x.dtype()).withType(x.type()));
    }
  }

  /**
   * Runs the function that a layer stands for: what does not fit the function does not fit the
   * layer, because of the argument that the law is about.
   *
   * @param arguments the layer's argument for each law that has one
   */
  static <T> T owned(String layer, Map<String, String> arguments, Supplier<T> function) {
    try {
      return function.get();
    } catch (SardonyxException error) {
      throw error
          .mismatch()
          .map(details -> error.with(owned(layer, arguments, details)))
          .orElse(error);
    }
  }

  private static Mismatch owned(String layer, Map<String, String> arguments, Mismatch details) {
    String argument = arguments.getOrDefault(details.law(), details.argument());
    return details.withOwner(layer).withArgument(argument);
  }
}
