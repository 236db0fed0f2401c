package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.ValueType;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * How far a value lies from its reference, over all tensors in it. What has no distance, such as
 * strings or sequences of two lengths, counts in {@code outside} and in {@code difference} alone;
 * elements that may differ as they do count in {@code tied} alone.
 *
 * @param maxAbsolute largest |a - b|
 * @param maxRelative largest |a - b| / |b|, where b is not 0
 * @param relativeL2 |a - b| / |b| in the Euclidean norm, of the tensor where it is largest
 * @param ulp largest |a - b| in units in the last place of the tensor's largest |b|
 * @param cosine of the angle between both, of the tensor where it is least; it decides nothing; NaN
 *     where a norm is 0 and where there are no numbers
 * @param misplaced elements where NaN or an infinity stands on one side only
 * @param outside elements beyond the tolerance
 * @param tied elements that differ by more and may, because both are right: indices of equals, or a
 *     step of a quantisation of what lies between two ({@link OperatorJudge}). What is computed
 *     from them may differ by any amount, and neither engine is wrong
 * @param severity how many times what is allowed is used up, by the element or the norm that does
 *     most: 0 where all is equal, 1 at most where it passes, infinite where nothing would do
 * @param difference what differs most, where anything is beyond the tolerance
 */
public record Comparison(
    ValueType type,
    ValueType reference,
    double maxAbsolute,
    double maxRelative,
    double relativeL2,
    double ulp,
    double cosine,
    long misplaced,
    long outside,
    long tied,
    double severity,
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
    return of(name, found, expected, tolerance, _ -> false);
  }

  /**
   * The same with ties.
   *
   * @param ties which elements may differ by more than the tolerance, by their index
   */
  static Comparison of(
      String name,
      Data found,
      Data expected,
      Function<DType, Tolerance> tolerance,
      LongPredicate ties) {
    var pairs = new Pairs(name, found, expected);
    if (pairs.unlike().isPresent()) {
      return unlike(found, expected, pairs.unlike());
    }
    var sum = new Accumulator();
    for (Pairs.Pair pair : pairs.tensors()) {
      sum.add(TensorComparison.of(pair, tolerance.apply(pair.expected().dtype()), ties));
    }
    return sum.result(found, expected);
  }

  private static Comparison unlike(Data found, Data expected, Optional<String> difference) {
    double nan = Double.NaN;
    return new Comparison(
        found.type(),
        expected.type(),
        nan,
        nan,
        nan,
        nan,
        nan,
        0,
        0,
        0,
        Double.POSITIVE_INFINITY,
        difference);
  }

  /** The largest distances of all tensors, and the first difference. */
  private static final class Accumulator {
    private double maxAbsolute;
    private double maxRelative;
    private double relativeL2;
    private double ulp;
    private double cosine = Double.NaN;
    private long misplaced;
    private long outside;
    private long tied;
    private double severity;
    private Optional<String> difference = Optional.empty();

    void add(TensorComparison one) {
      maxAbsolute = Math.max(maxAbsolute, one.maxAbsolute());
      maxRelative = Math.max(maxRelative, one.maxRelative());
      relativeL2 = Math.max(relativeL2, one.relativeL2());
      ulp = Math.max(ulp, one.ulp());
      cosine = Double.isNaN(cosine) || one.cosine() < cosine ? one.cosine() : cosine;
      misplaced += one.misplaced();
      outside += one.outside();
      tied += one.tied();
      severity = Math.max(severity, one.severity());
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
          cosine,
          misplaced,
          outside,
          tied,
          severity,
          difference);
    }
  }
}
