package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The elements on which engines are judged: all where that takes seconds at most, else those on
 * which the engines differ most and a sample, in ascending order.
 *
 * @param of how many there are
 */
record Selection(List<Long> chosen, long of) {
  /** Multiplications and additions that take some seconds. */
  private static final long MOST_WORK = 150_000_000L;

  private static final int WORST = 64;
  private static final int SAMPLE = 16_384;
  private static final int LEAST_SAMPLE = 256;
  private static final long SEED = 20;

  static Selection of(Exact exact, DenseTensor a, DenseTensor b) {
    long elements = exact.elements();
    long affordable = MOST_WORK / Math.max(1, exact.work());
    if (elements <= affordable && elements < Integer.MAX_VALUE) {
      return new Selection(List.of(), elements);
    }
    var chosen = new TreeSet<>(worst(a, b));
    var random = new SplittableRandom(SEED);
    long sample = Math.clamp(affordable, LEAST_SAMPLE, SAMPLE);
    for (long i = 0; i < sample; i++) {
      chosen.add(random.nextLong(elements));
    }
    return new Selection(List.copyOf(chosen), elements);
  }

  private static List<Long> worst(DenseTensor a, DenseTensor b) {
    /** An element and how far apart both are. */
    record Difference(long index, double size) {}
    var queue = new PriorityQueue<Difference>(Comparator.comparingDouble(Difference::size));
    for (long i = 0; i < a.elements(); i++) {
      double x = a.doubleAt(i);
      double y = b.doubleAt(i);
      if (Double.compare(x, y) != 0) {
        double size = Math.abs(x - y);
        queue.add(new Difference(i, Double.isNaN(size) ? Double.POSITIVE_INFINITY : size));
        if (queue.size() > WORST) {
          queue.remove();
        }
      }
    }
    List<Long> result = new ArrayList<>();
    queue.forEach(one -> result.add(one.index()));
    return result;
  }

  /** Whether every element is judged. */
  boolean all() {
    return chosen.isEmpty();
  }

  int count() {
    return all() ? (int) of : chosen.size();
  }

  /** The indices in ascending order. */
  LongStream indices() {
    return all() ? LongStream.range(0, of) : chosen.stream().mapToLong(Long::longValue);
  }

  /** For example {@code 16,448 of 802,816}. */
  @Override
  public String toString() {
    return "%,d of %,d".formatted(count(), of);
  }
}
