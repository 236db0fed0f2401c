package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distributions as users write them: a name, and numbers behind it as {@code uniform:-1,1} or
 * {@code uniform(-1,1)}, which shells want quoted.
 */
public final class DistributionWords {
  /** All there are, for messages and help. */
  public static final String ALL =
      "auto, type, normal[:MEAN,DEVIATION], uniform[:LOW,HIGH], ones, zeros, constant:VALUE,"
          + " ramp[:LOW,HIGH], image, tokens[:VOCABULARY], mask";

  private static final List<String> NAMES =
      List.of(
          "auto",
          "type",
          "normal",
          "uniform",
          "ones",
          "zeros",
          "constant",
          "ramp",
          "image",
          "tokens",
          "mask");
  private static final Pattern WORD = Pattern.compile("([a-z]+)(?::([^:()]*)|\\(([^:()]*)\\))?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,17}(\\.\\d{0,17})?|\\.\\d{1,17})([eE][+-]?\\d{1,3})?");

  /** Whole numbers up to here are exact as doubles. */
  private static final double LARGEST = 0x1p53;

  private DistributionWords() {}

  /** The names alone. */
  static List<String> names() {
    return NAMES;
  }

  /** Whether a word begins with a distribution's name. */
  public static boolean isName(String word) {
    Matcher parts = WORD.matcher(word);
    return parts.matches() && NAMES.contains(parts.group(1));
  }

  /**
   * The distribution of a word; none for {@code auto}, which is what the graph's use of an input
   * suggests. Errors: USAGE, naming all there are.
   */
  public static Optional<Distribution> parse(String word) {
    Matcher parts = WORD.matcher(word);
    if (!parts.matches() || !NAMES.contains(parts.group(1))) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "expected a distribution, one of "
              + ALL
              + ", found '"
              + word
              + "'"
              + NearestNames.hint(word, NAMES));
    }
    String name = parts.group(1);
    String after = parts.group(2) == null ? parts.group(3) : parts.group(2);
    List<Double> numbers = after == null ? List.of() : numbers(word, after);
    return Optional.ofNullable(
        switch (name) {
          case "auto" -> {
            require(word, numbers, 0);
            yield null;
          }
          case "type" -> plain(word, numbers, new Distribution.ByType());
          case "ones" -> plain(word, numbers, new Distribution.Constant(1));
          case "zeros" -> plain(word, numbers, new Distribution.Constant(0));
          case "image" -> plain(word, numbers, new Distribution.Image());
          case "mask" -> plain(word, numbers, new Distribution.Mask());
          case "normal" -> {
            List<Double> both = orElse(word, numbers, 0, 1);
            requireOrder(word, 0, both.get(1), "a deviation of 0 or more");
            yield new Distribution.Normal(both.get(0), both.get(1));
          }
          case "uniform" -> {
            List<Double> both = bounds(word, numbers);
            yield new Distribution.Uniform(both.get(0), both.get(1));
          }
          case "ramp" -> {
            List<Double> both = bounds(word, numbers);
            yield new Distribution.Ramp(both.get(0), both.get(1));
          }
          case "constant" -> {
            require(word, numbers, 1);
            yield new Distribution.Constant(numbers.getFirst());
          }
          default -> tokens(word, numbers); // the last of NAMES
        });
  }

  private static Distribution tokens(String word, List<Double> numbers) {
    if (numbers.isEmpty()) {
      return new Distribution.Tokens(0);
    }
    require(word, numbers, 1);
    double size = numbers.getFirst();
    if (size < 1 || size != Math.rint(size)) {
      throw wrong(word, "the size of the vocabulary, 1 or more");
    }
    return new Distribution.Tokens((long) size);
  }

  private static Distribution plain(String word, List<Double> numbers, Distribution result) {
    require(word, numbers, 0);
    return result;
  }

  private static List<Double> bounds(String word, List<Double> numbers) {
    List<Double> both = orElse(word, numbers, 0, 1);
    requireOrder(word, both.get(0), both.get(1), "the lower bound first");
    return both;
  }

  private static List<Double> orElse(String word, List<Double> numbers, double a, double b) {
    if (numbers.isEmpty()) {
      return List.of(a, b);
    }
    require(word, numbers, 2);
    return numbers;
  }

  private static void requireOrder(String word, double low, double high, String law) {
    if (low > high) {
      throw wrong(word, law);
    }
  }

  private static void require(String word, List<Double> numbers, int count) {
    if (numbers.size() != count) {
      throw wrong(word, count == 0 ? "no number" : count + (count == 1 ? " number" : " numbers"));
    }
  }

  private static List<Double> numbers(String word, String text) {
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!NUMBER.matcher(part.strip()).matches()) {
        throw wrong(word, "numbers parted by commas");
      }
      double number = Double.parseDouble(part.strip());
      if (Math.abs(number) > LARGEST) {
        throw wrong(word, "numbers within 2^53");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static SardonyxException wrong(String word, String expected) {
    return new SardonyxException(
        ErrorCode.USAGE,
        "distribution '%s': expected %s; there are %s".formatted(word, expected, ALL));
  }
}
