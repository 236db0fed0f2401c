package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tensor of floats in few numbers, which move little where its elements do, but show it where
 * elements change their places: over the finite elements least, greatest, mean, root mean square,
 * and the projection on a fixed random vector, over the root of their number; how many are not
 * finite.
 */
record TensorNumbers(List<Double> values, long notFinite) {
  private static final List<String> NAMES =
      List.of("least", "greatest", "mean", "rms", "projection");
  private static final int RMS = NAMES.indexOf("rms");
  private static final String NOT_FINITE = "not-finite";

  private static final Pattern TEXT =
      Pattern.compile(
          NAMES.stream().map(name -> name + " (\\S+)  ").collect(Collectors.joining())
              + NOT_FINITE
              + " ([0-9]{1,18})");

  private static final String NUMBER = "-?[0-9]\\.[0-9]{1,17}e[+-][0-9]{2,3}";

  TensorNumbers {
    values = List.copyOf(values);
  }

  static TensorNumbers of(DenseTensor tensor) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    double projection = 0;
    long finite = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      double value = tensor.doubleAt(i);
      if (Double.isFinite(value)) {
        finite++;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        sum += value;
        squares += value * value;
        projection += value * direction(i);
      }
    }
    long notFinite = tensor.elements() - finite;
    if (finite == 0) {
      return new TensorNumbers(NAMES.stream().map(_ -> 0.0).toList(), notFinite);
    }
    double root = Math.sqrt(finite);
    double rms = Math.sqrt(squares) / root;
    return new TensorNumbers(
        List.of(least, greatest, sum / finite, rms, projection / root), notFinite);
  }

  /** Numbers in [-1, 1) without a pattern: multiples of the golden ratio in 64 bits, mixed. */
  private static double direction(long index) {
    long mixed = (index + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    return (mixed ^ mixed >>> 31) * 0x1p-63;
  }

  /** Reads what {@link #toString} writes; empty for any other text. */
  static Optional<TensorNumbers> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= NAMES.size(); i++) {
      words.add(parts.group(i));
    }
    if (!words.stream().allMatch(word -> word.matches(NUMBER))) {
      return Optional.empty();
    }
    List<Double> values = words.stream().map(Double::valueOf).toList();
    return Optional.of(new TensorNumbers(values, Long.parseLong(parts.group(NAMES.size() + 1))));
  }

  /** What of another run's numbers lies beyond the tolerance, if anything does. */
  Optional<String> difference(TensorNumbers now, Tolerance tolerance) {
    if (notFinite != now.notFinite) {
      return Optional.of("%d elements were not finite, %d are".formatted(notFinite, now.notFinite));
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      double before = values.get(i);
      double bound =
          tolerance.absolute() * values.get(RMS) + tolerance.relative() * Math.abs(before);
      if (!(Math.abs(now.values.get(i) - before) <= bound)) {
        differences.add(
            "%s was %s, is %s".formatted(NAMES.get(i), number(before), number(now.values.get(i))));
      }
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6e", value);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < NAMES.size(); i++) {
      text.append(NAMES.get(i)).append(' ').append(number(values.get(i))).append("  ");
    }
    return text.append(NOT_FINITE).append(' ').append(notFinite).toString();
  }
}
