package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/** Reductions of one row, in double and rounded once. */
final class ScalarRows {
  private ScalarRows() {}

  static float reduce(RowReduction function, MemorySegment x, long offset, long n) {
    return switch (function) {
      case MAX -> maximum(x, offset, n);
      case MIN -> minimum(x, offset, n);
      case PROD -> product(x, offset, n);
      case LOG_SUM_EXP -> logSumExp(x, offset, n);
      case SUM, MEAN, LOG_SUM -> (float) function.finish(sum(x, offset, n), n);
      case L1 -> (float) sizes(x, offset, n);
      case L2, SUM_SQUARE -> (float) function.finish(squares(x, offset, n), n);
    };
  }

  private static float maximum(MemorySegment x, long offset, long n) {
    float result = Float.NEGATIVE_INFINITY;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result = Math.max(result, Floats.get(x, offset + i));
    }
    return result;
  }

  private static float minimum(MemorySegment x, long offset, long n) {
    float result = Float.POSITIVE_INFINITY;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result = Math.min(result, Floats.get(x, offset + i));
    }
    return result;
  }

  private static float product(MemorySegment x, long offset, long n) {
    double result = 1;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result *= Floats.get(x, offset + i);
    }
    return (float) result;
  }

  private static double sum(MemorySegment x, long offset, long n) {
    double result = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result += Floats.get(x, offset + i);
    }
    return result;
  }

  private static double sizes(MemorySegment x, long offset, long n) {
    double result = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result += Math.abs(Floats.get(x, offset + i));
    }
    return result;
  }

  private static double squares(MemorySegment x, long offset, long n) {
    double result = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      double value = Floats.get(x, offset + i);
      result += value * value;
    }
    return result;
  }

  private static float logSumExp(MemorySegment x, long offset, long n) {
    float largest = maximum(x, offset, n);
    if (Float.isNaN(largest) || Float.isInfinite(largest)) {
      return largest;
    }
    double result = 0;
    long left = Cancellation.EVERY;
    for (long i = 0; i < n; i++) {
      left = Cancellation.spend(left, 1);
      result += Math.exp((double) Floats.get(x, offset + i) - largest);
    }
    return (float) (Math.log(result) + largest);
  }
}
