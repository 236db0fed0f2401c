package dev.sardonyx.runtime.bench;

import java.util.Arrays;

/** What runs took, in nanoseconds, and what they allocated. */
final class Times {
  private long[] nanos = new long[64];
  private int count;
  private long allocated;

  void add(Block block) {
    int size = Math.addExact(count, block.nanos().length);
    if (size > nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.max(size, 2 * nanos.length));
    }
    System.arraycopy(block.nanos(), 0, nanos, count, block.nanos().length);
    count = size;
    allocated += block.allocatedBytes();
  }

  int count() {
    return count;
  }

  double bytesPerRun() {
    return (double) allocated / count;
  }

  double median() {
    return quantiles(0.5)[0];
  }

  /** The values below which so large parts of the runs lie. */
  double[] quantiles(double... parts) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Arrays.stream(parts).map(part -> at(sorted, part)).toArray();
  }

  private static double at(long[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
