package dev.sardonyx.runtime.check;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.math.BigInteger;

/**
 * How far a result lies from its reference.
 *
 * @param maxAbsolute largest |a - b|
 * @param maxRelative largest |a - b| / |b|, where b is not 0
 * @param relativeL2 |a - b| / |b| in the Euclidean norm; 0 when both are 0
 * @param ulp largest |a - b| in units in the last place of the largest |b|
 * @param misplaced elements where NaN or an infinity stands on one side only
 * @param outside elements beyond the tolerance
 * @param worst row-major index of the element that exceeds the tolerance most, or -1
 */
public record Comparison(
    TensorType type,
    TensorType reference,
    double maxAbsolute,
    double maxRelative,
    double relativeL2,
    double ulp,
    long misplaced,
    long outside,
    long worst) {

  /** Whether the types are the same and every element is within the tolerance. */
  public boolean passes() {
    return type.equals(reference) && misplaced == 0 && outside == 0;
  }

  /** Compares element by element. Errors: DTYPE for elements that are no numbers. */
  public static Comparison of(Tensor result, Tensor reference, Tolerance tolerance) {
    DenseTensor a = result.dense();
    DenseTensor b = reference.dense();
    if (!a.type().equals(b.type())) {
      double nan = Double.NaN;
      return new Comparison(a.type(), b.type(), nan, nan, nan, nan, 0, a.elements(), -1);
    }
    return new Accumulator(a, b, tolerance).result();
  }

  /** One pass for the scale, one for the differences. */
  private static final class Accumulator {
    private final DenseTensor a;
    private final DenseTensor b;
    private double maxAbsolute;
    private double maxRelative;
    private double squaredError;
    private double squaredReference;
    private double largest;
    private long misplaced;
    private long outside;
    private long worst = -1;
    private double worstExcess;

    Accumulator(DenseTensor a, DenseTensor b, Tolerance tolerance) {
      this.a = a;
      this.b = b;
      long finite = 0;
      for (long i = 0; i < b.elements(); i++) {
        double value = b.doubleAt(i);
        if (Double.isFinite(value)) {
          squaredReference += value * value;
          largest = Math.max(largest, Math.abs(value));
          finite++;
        }
      }
      double scale = finite == 0 ? 0 : Math.sqrt(squaredReference / finite);
      for (long i = 0; i < b.elements(); i++) {
        add(i, a.doubleAt(i), b.doubleAt(i), tolerance.absolute() * scale, tolerance.relative());
      }
    }

    private void add(long index, double x, double y, double absolute, double relative) {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        if (Double.compare(x, y) != 0) {
          misplaced++;
          worst = misplaced == 1 ? index : worst;
          worstExcess = Double.POSITIVE_INFINITY;
        }
        return;
      }
      double error = a.dtype() == DType.INT64 ? distance(index) : Math.abs(x - y);
      maxAbsolute = Math.max(maxAbsolute, error);
      maxRelative = y == 0 ? maxRelative : Math.max(maxRelative, error / Math.abs(y));
      squaredError += error * error;
      double excess = error - (absolute + relative * Math.abs(y));
      if (excess > 0) {
        outside++;
        if (excess > worstExcess) {
          worstExcess = excess;
          worst = index;
        }
      }
    }

    /** Doubles would round 64 bits, and miss what differs in the last of them. */
    private double distance(long index) {
      BigInteger x = BigInteger.valueOf(a.longAt(index));
      return x.subtract(BigInteger.valueOf(b.longAt(index))).abs().doubleValue();
    }

    Comparison result() {
      double l2 = squaredError == 0 ? 0 : Math.sqrt(squaredError / squaredReference);
      double unit = a.dtype() == DType.FLOAT64 ? Math.ulp(largest) : Math.ulp((float) largest);
      return new Comparison(
          a.type(),
          b.type(),
          maxAbsolute,
          maxRelative,
          l2,
          maxAbsolute == 0 ? 0 : maxAbsolute / unit,
          misplaced,
          outside,
          worst);
    }
  }
}
