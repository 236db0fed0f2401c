package dev.sardonyx.runtime.compare;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Two tensors of one type, element by element: passes for the scale, one for the distances. */
final class TensorComparison {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private final String name;
  private final DenseTensor a;
  private final DenseTensor b;
  private final Tolerance tolerance;
  private final LongPredicate ties;
  private double maxAbsolute;
  private double maxRelative;
  private double squaredError;
  private double squaredReference;
  private double largest;
  private long finite;

  /** What squares are counted in, so that those of the largest doubles are finite. */
  private double unit = 1;

  private double product;
  private double squaredFound;
  private double squaredBeside;
  private long tied;
  private double severity;
  private long misplaced;
  private long outside;
  private long worst = -1;
  private double worstExcess;

  private TensorComparison(
      String name, DenseTensor a, DenseTensor b, Tolerance tolerance, LongPredicate ties) {
    this.name = name;
    this.a = a;
    this.b = b;
    this.tolerance = tolerance;
    this.ties = ties;
  }

  /**
   * Compares a pair.
   *
   * @param ties which elements may differ by more than the tolerance
   */
  static TensorComparison of(Pairs.Pair pair, Tolerance tolerance, LongPredicate ties) {
    DenseTensor a = pair.found();
    DenseTensor b = pair.expected();
    var result =
        switch (b.dtype()) {
          case COMPLEX64, COMPLEX128 ->
              new TensorComparison(pair.name(), parts(a), parts(b), tolerance, ties);
          case BOOL, STRING -> new TensorComparison(pair.name(), a, b, Tolerance.EXACT, ties);
          default -> new TensorComparison(pair.name(), a, b, tolerance, ties);
        };
    if (b.dtype() == DType.STRING) {
      result.addStrings();
    } else if (result.a.segment().mismatch(result.b.segment()) >= 0) {
      result.addNumbers();
    } else {
      result.addEqual();
    }
    return result;
  }

  /** The real and imaginary parts, as numbers of their own. */
  private static DenseTensor parts(DenseTensor complex) {
    DType part = complex.dtype() == DType.COMPLEX64 ? DType.FLOAT32 : DType.FLOAT64;
    return DenseTensor.view(part, Shape.of(2 * complex.elements()), complex.segment());
  }

  private void addStrings() {
    List<String> found = a.strings();
    List<String> expected = b.strings();
    for (int i = 0; i < expected.size(); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        outside++;
        worst = outside == 1 ? i : worst;
        severity = Double.POSITIVE_INFINITY;
      }
    }
  }

  /** Of equal tensors the angle alone is to be known: whether one has a length. */
  private void addEqual() {
    for (long i = 0; i < b.elements() && product == 0; i++) {
      double value = b.doubleAt(i);
      if (value != 0 && Double.isFinite(value)) {
        product = 1;
        squaredFound = 1;
        squaredBeside = 1;
      }
    }
  }

  private void addNumbers() {
    double most = 0;
    for (long i = 0; i < b.elements(); i++) {
      double value = Math.abs(b.doubleAt(i));
      largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
      double other = Math.abs(a.doubleAt(i));
      most = Double.isFinite(other) ? Math.max(most, other) : most;
    }
    most = Math.max(most, largest);
    unit = most == 0 ? 1 : most;
    for (long i = 0; i < b.elements(); i++) {
      double value = b.doubleAt(i) / unit;
      if (Double.isFinite(value)) {
        squaredReference += value * value;
        finite++;
      }
    }
    double scale = finite == 0 ? 0 : unit * Math.sqrt(squaredReference / finite);
    for (long i = 0; i < b.elements(); i++) {
      add(i, a.doubleAt(i), b.doubleAt(i), scale);
    }
    severity = Math.max(severity, normSeverity());
  }

  private void add(long index, double x, double y, double rms) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      if (Double.compare(x, y) != 0) {
        misplaced++;
        worst = misplaced == 1 ? index : worst;
        worstExcess = Double.POSITIVE_INFINITY;
        severity = worstExcess;
      }
      return;
    }
    double error = distance(index, x, y);
    double bound = tolerance.bound(y, rms);
    if (error > bound && ties.test(index)) {
      tied++;
      return;
    }
    addDistance(x, y, error);
    severity = error == 0 ? severity : Math.max(severity, error / bound);
    double excess = error - bound;
    if (excess > 0) {
      outside++;
      if (excess > worstExcess) {
        worstExcess = excess;
        worst = index;
      }
    }
  }

  private void addDistance(double x, double y, double error) {
    maxAbsolute = Math.max(maxAbsolute, error);
    maxRelative = y == 0 ? maxRelative : Math.max(maxRelative, error / Math.abs(y));
    squaredError += error / unit * (error / unit);
    product += x / unit * (y / unit);
    squaredFound += x / unit * (x / unit);
    squaredBeside += y / unit * (y / unit);
  }

  /** Doubles would round 64 bits, and miss what differs in the last of them. */
  private double distance(long index, double x, double y) {
    return b.dtype() == DType.INT64 || b.dtype() == DType.UINT64
        ? whole(a, index).subtract(whole(b, index)).abs().doubleValue()
        : Math.abs(x - y);
  }

  private static BigInteger whole(DenseTensor tensor, long index) {
    long bits = tensor.segment().getAtIndex(JAVA_LONG_UNALIGNED, index);
    BigInteger value = BigInteger.valueOf(bits);
    return tensor.dtype() == DType.UINT64 && bits < 0 ? value.add(TWO_TO_64) : value;
  }

  double maxAbsolute() {
    return maxAbsolute;
  }

  double maxRelative() {
    return maxRelative;
  }

  double relativeL2() {
    return squaredError == 0 ? 0 : Math.sqrt(squaredError / squaredReference);
  }

  private double normSeverity() {
    double length = unit * Math.sqrt(squaredReference);
    double error = unit * Math.sqrt(squaredError);
    return error == 0 ? 0 : error / tolerance.normBound(length, finite);
  }

  double cosine() {
    double lengths = Math.sqrt(squaredFound) * Math.sqrt(squaredBeside);
    return lengths == 0 ? Double.NaN : Math.clamp(product / lengths, -1, 1);
  }

  /** How many times what is allowed is used up; infinite where nothing is. */
  double severity() {
    return severity;
  }

  /** Elements beyond the tolerance that may be. */
  long tied() {
    return tied;
  }

  double ulp() {
    double unit = a.dtype() == DType.FLOAT64 ? Math.ulp(largest) : Math.ulp((float) largest);
    return maxAbsolute == 0 ? 0 : maxAbsolute / unit;
  }

  long misplaced() {
    return misplaced;
  }

  /** Elements beyond the tolerance, those with NaN or an infinity on one side apart. */
  long outside() {
    return outside;
  }

  /** The element that exceeds the tolerance most. */
  Optional<String> difference() {
    if (worst < 0 && normSeverity() > 1) {
      return Optional.of(
          "%s is off by %.2e in its norm, by more than %.2e%s"
              .formatted(
                  name,
                  relativeL2(),
                  tolerance.norm(),
                  tolerance.magnitude() == 0 ? "" : " of what it was made of"));
    }
    return worst < 0
        ? Optional.empty()
        : Optional.of(
            "%s[%d] is %s, expected %s; %d of %d elements %s"
                .formatted(
                    name,
                    worst,
                    element(a, worst),
                    element(b, worst),
                    outside + misplaced,
                    b.elements(),
                    tolerance.equals(Tolerance.EXACT)
                        ? "differ"
                        : "are off by more than " + tolerance));
  }

  private static String element(DenseTensor tensor, long index) {
    return switch (tensor.dtype()) {
      case STRING -> "'" + tensor.strings().get((int) index) + "'";
      case INT64, UINT64 -> whole(tensor, index).toString();
      default -> String.valueOf(tensor.doubleAt(index));
    };
  }
}
