package dev.sardonyx.runtime.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * How often values lie where: bins of equal width.
 *
 * @param from where the first bin begins
 * @param to where the last one ends, itself included
 * @param others values that are NaN or infinite
 */
public record Histogram(double from, double to, List<Long> counts, long others) {
  private static final int BINS = 48;

  public Histogram {
    counts = List.copyOf(counts);
  }

  /** Of so many values. */
  public static Histogram of(long elements, LongToDoubleFunction value) {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < elements; i++) {
      double one = value.applyAsDouble(i);
      if (Double.isFinite(one)) {
        from = Math.min(from, one);
        to = Math.max(to, one);
      }
    }
    return from > to ? new Histogram(0, 0, List.of(), elements) : within(from, to, elements, value);
  }

  /** The same over bins that are given; what lies outside counts in the first or last. */
  public static Histogram within(
      double from, double to, long elements, LongToDoubleFunction value) {
    Long[] counts = new Long[BINS];
    Arrays.fill(counts, 0L);
    long others = 0;
    for (long i = 0; i < elements; i++) {
      double one = value.applyAsDouble(i);
      if (Double.isFinite(one)) {
        double part = to > from ? (one - from) / (to - from) : 0;
        counts[Math.clamp((long) (part * BINS), 0, BINS - 1)]++;
      } else {
        others++;
      }
    }
    return new Histogram(from, to, List.of(counts), others);
  }
}
