package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.ValueType;
import java.util.Optional;
import java.util.function.Function;

/**
 * How far a value lies from its reference, over all tensors in it. What has no distance, such as
 * strings or sequences of two lengths, counts in {@code outside} and in {@code difference} alone.
 *
 * @param maxAbsolute largest |a - b|
 * @param maxRelative largest |a - b| / |b|, where b is not 0
 * @param relativeL2 |a - b| / |b| in the Euclidean norm, of the tensor where it is largest
 * @param ulp largest |a - b| in units in the last place of the tensor's largest |b|
 * @param misplaced elements where NaN or an infinity stands on one side only
 * @param outside elements beyond the tolerance
 * @param difference what differs most, where anything is beyond the tolerance
 */
public record Comparison(
    ValueType type,
    ValueType reference,
    double maxAbsolute,
    double maxRelative,
    double relativeL2,
    double ulp,
    long misplaced,
    long outside,
    Optional<String> difference) {

  /** Whether the kinds are the same and every element is within the tolerance. */
  public boolean passes() {
    return difference.isEmpty();
  }

  /**
   * Compares element by element. Strings and truth values must be equal.
   *
   * @param name what the difference is told of
   * @param tolerance by element type
   */
  public static Comparison of(
      String name, Data found, Data expected, Function<DType, Tolerance> tolerance) {
    var pairs = new Pairs(name, found, expected);
    if (pairs.unlike().isPresent()) {
      double nan = Double.NaN;
      return new Comparison(
          found.type(), expected.type(), nan, nan, nan, nan, 0, 0, pairs.unlike());
    }
    var sum = new Accumulator();
    for (Pairs.Pair pair : pairs.tensors()) {
      sum.add(TensorComparison.of(pair, tolerance.apply(pair.expected().dtype())));
    }
    return sum.result(found, expected);
  }

  /** The largest distances of all tensors, and the first difference. */
  private static final class Accumulator {
    private double maxAbsolute;
    private double maxRelative;
    private double relativeL2;
    private double ulp;
    private long misplaced;
    private long outside;
    private Optional<String> difference = Optional.empty();

    void add(TensorComparison one) {
      maxAbsolute = Math.max(maxAbsolute, one.maxAbsolute());
      maxRelative = Math.max(maxRelative, one.maxRelative());
      relativeL2 = Math.max(relativeL2, one.relativeL2());
      ulp = Math.max(ulp, one.ulp());
      misplaced += one.misplaced();
      outside += one.outside();
      difference = difference.or(one::difference);
    }

    Comparison result(Data found, Data expected) {
      return new Comparison(
          found.type(),
          expected.type(),
          maxAbsolute,
          maxRelative,
          relativeL2,
          ulp,
          misplaced,
          outside,
          difference);
    }
  }
}
