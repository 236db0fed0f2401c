package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.ReductionOp.Arg;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.RowReduction;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Reductions of rows for element types that have no kernels: floats in double and rounded once,
 * integers in 64 bits, where sums wrap around.
 */
final class PlainRows {
  private PlainRows() {}

  static ReductionRoutines.RowsFunction reduce(RowReduction function, DType type) {
    var elements = new Elements(type);
    return (x, y, rows, columns) -> {
      long left = Cancellation.EVERY;
      for (long row = 0; row < rows; row++) {
        left = Cancellation.spend(left, columns);
        long at = row * columns;
        if (type.isFloat()) {
          elements.real(y, row, real(function, elements, x, at, columns));
        } else {
          elements.integer(y, row, integer(function, elements, x, at, columns));
        }
      }
    };
  }

  private static double real(
      RowReduction function, Elements elements, MemorySegment x, long at, long n) {
    return switch (function) {
      case MAX -> foldReal(Math::max, Double.NEGATIVE_INFINITY, elements, x, at, n);
      case MIN -> foldReal(Math::min, Double.POSITIVE_INFINITY, elements, x, at, n);
      case PROD -> foldReal((a, b) -> a * b, 1, elements, x, at, n);
      case SUM -> foldReal(Double::sum, 0, elements, x, at, n);
      case MEAN -> foldReal(Double::sum, 0, elements, x, at, n) / n;
      case LOG_SUM -> Math.log(foldReal(Double::sum, 0, elements, x, at, n));
      case L1 -> foldReal((a, b) -> a + Math.abs(b), 0, elements, x, at, n);
      case SUM_SQUARE -> foldReal((a, b) -> a + b * b, 0, elements, x, at, n);
      case L2 -> Math.sqrt(foldReal((a, b) -> a + b * b, 0, elements, x, at, n));
      case LOG_SUM_EXP -> {
        double largest = foldReal(Math::max, Double.NEGATIVE_INFINITY, elements, x, at, n);
        yield Double.isFinite(largest)
            ? Math.log(foldReal((a, b) -> a + Math.exp(b - largest), 0, elements, x, at, n))
                + largest
            : largest;
      }
    };
  }

  private static double foldReal(
      DoubleBinaryOperator operator, double start, Elements of, MemorySegment x, long at, long n) {
    double result = start;
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      result = operator.applyAsDouble(result, of.real(x, at + i));
    }
    return result;
  }

  private static long integer(
      RowReduction function, Elements elements, MemorySegment x, long at, long n) {
    return switch (function) {
      case MAX -> n == 0 ? elements.least() : extreme(1, elements, x, at, n);
      case MIN -> n == 0 ? elements.largest() : extreme(-1, elements, x, at, n);
      case PROD -> foldInteger((a, b) -> a * b, 1, elements, x, at, n);
      case SUM -> foldInteger(Long::sum, 0, elements, x, at, n);
      case MEAN -> n == 0 ? 0 : mean(foldInteger(Long::sum, 0, elements, x, at, n), n, elements);
      case LOG_SUM -> (long) Math.log(foldNumber((a, b) -> a + b, elements, x, at, n));
      case L1 ->
          elements.type() == DType.UINT64
              ? foldInteger(Long::sum, 0, elements, x, at, n)
              : foldInteger((a, b) -> a + Math.abs(b), 0, elements, x, at, n);
      case SUM_SQUARE -> foldInteger((a, b) -> a + b * b, 0, elements, x, at, n);
      case L2 -> (long) Math.sqrt(foldNumber((a, b) -> a + b * b, elements, x, at, n));
      case LOG_SUM_EXP -> {
        double largest = foldNumber(Math::max, elements, x, at, n);
        yield (long)
            (Math.log(foldNumber((a, b) -> a + Math.exp(b - largest), elements, x, at, n))
                + largest);
      }
    };
  }

  private static long mean(long sum, long n, Elements elements) {
    return elements.type() == DType.UINT64 ? Long.divideUnsigned(sum, n) : sum / n;
  }

  /** A fold of integers as doubles, from 0 on. */
  private static double foldNumber(
      DoubleBinaryOperator operator, Elements of, MemorySegment x, long at, long n) {
    double result = 0;
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      result = operator.applyAsDouble(result, of.number(x, at + i));
    }
    return result;
  }

  private static long foldInteger(
      LongBinaryOperator operator, long start, Elements of, MemorySegment x, long at, long n) {
    long result = start;
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      result = operator.applyAsLong(result, of.integer(x, at + i));
    }
    return result;
  }

  private static long extreme(int sign, Elements elements, MemorySegment x, long at, long n) {
    long result = elements.integer(x, at);
    for (long i = 1; i < n; i++) {
      Cancellation.pollAt(i);
      long next = elements.integer(x, at + i);
      result = sign * compare(elements.type(), next, result) > 0 ? next : result;
    }
    return result;
  }

  private static int compare(DType type, long a, long b) {
    return type == DType.UINT64 ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  /** Of equals the first or the last; NaN counts as both the largest and the least. */
  static ReductionRoutines.RowsFunction arg(Arg op, DType type) {
    var elements = new Elements(type);
    var indices = new Elements(DType.INT64);
    int sign = op.max() ? 1 : -1;
    return (x, y, rows, columns) -> {
      long left = Cancellation.EVERY;
      for (long row = 0; row < rows; row++) {
        left = Cancellation.spend(left, columns);
        long at = row * columns;
        long best = 0;
        for (long i = 1; i < columns; i++) {
          Cancellation.pollAt(i);
          int order = sign(elements, x, at + i, at + best, sign);
          best = order > 0 || order == 0 && op.selectLastIndex() ? i : best;
        }
        indices.integer(y, row, best);
      }
    };
  }

  private static int sign(Elements elements, MemorySegment x, long a, long b, int sign) {
    if (!elements.type().isFloat()) {
      return sign * compare(elements.type(), elements.integer(x, a), elements.integer(x, b));
    }
    double left = elements.real(x, a);
    double right = elements.real(x, b);
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }
    return left == right ? 0 : sign * Double.compare(left, right);
  }

  /** What has been put together along a strided run: n elements from {@code at} on. */
  @FunctionalInterface
  interface Running {
    void apply(MemorySegment x, MemorySegment y, long at, long step, long n);
  }

  static Running sums(DType type, boolean exclusive) {
    return running(type, exclusive, 0, Double::sum, Long::sum);
  }

  static Running products(DType type, boolean exclusive) {
    return running(type, exclusive, 1, (a, b) -> a * b, (a, b) -> a * b);
  }

  private static Running running(
      DType type,
      boolean exclusive,
      int start,
      DoubleBinaryOperator reals,
      LongBinaryOperator integers) {
    var elements = new Elements(type);
    if (type.isFloat()) {
      return (x, y, at, step, n) -> {
        double all = start;
        for (long i = 0; i < n; i++) {
          Cancellation.pollAt(i);
          long place = at + i * step;
          double before = all;
          all = reals.applyAsDouble(all, elements.real(x, place));
          elements.real(y, place, exclusive ? before : all);
        }
      };
    }
    return (x, y, at, step, n) -> {
      long all = start;
      for (long i = 0; i < n; i++) {
        Cancellation.pollAt(i);
        long place = at + i * step;
        long before = all;
        all = integers.applyAsLong(all, elements.integer(x, place));
        elements.integer(y, place, exclusive ? before : all);
      }
    };
  }
}
