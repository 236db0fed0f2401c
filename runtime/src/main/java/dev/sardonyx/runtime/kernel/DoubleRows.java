package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;

/** Reductions of one row of float64. */
final class DoubleRows {
  private DoubleRows() {}

  static double reduce(RowReduction function, MemorySegment x, long offset, long n) {
    return switch (function) {
      case MAX -> fold(Math::max, Double.NEGATIVE_INFINITY, x, offset, n);
      case MIN -> fold(Math::min, Double.POSITIVE_INFINITY, x, offset, n);
      case PROD -> fold((a, b) -> a * b, 1, x, offset, n);
      case L1 -> fold((a, b) -> a + Math.abs(b), 0, x, offset, n);
      case SUM, MEAN, LOG_SUM -> function.finish(sum(x, offset, n), n);
      case L2, SUM_SQUARE -> function.finish(squares(x, offset, n, 0), n);
      case LOG_SUM_EXP -> {
        double largest = fold(Math::max, Double.NEGATIVE_INFINITY, x, offset, n);
        yield Double.isFinite(largest)
            ? Math.log(fold((a, b) -> a + Math.exp(b - largest), 0, x, offset, n)) + largest
            : largest;
      }
    };
  }

  static double sum(MemorySegment x, long offset, long n) {
    return fold(Double::sum, 0, x, offset, n);
  }

  /** The sum of the squared distances from a mean. */
  static double squares(MemorySegment x, long offset, long n, double mean) {
    return fold((a, b) -> a + (b - mean) * (b - mean), 0, x, offset, n);
  }

  private static double fold(
      DoubleBinaryOperator operator, double start, MemorySegment x, long offset, long n) {
    double result = start;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result = operator.applyAsDouble(result, Doubles.get(x, offset + i));
    }
    return result;
  }
}
