package dev.sardonyx.runtime.interpret;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** Indices in the order of what they stand for: a merge sort, in which equals stay in order. */
final class SortedIndices {

  /** Which of two indices comes first: a negative number for the first, 0 for equals. */
  @FunctionalInterface
  interface Order {
    int compare(long a, long b);
  }

  private SortedIndices() {}

  /**
   * Sorts the numbers from 0 to n.
   *
   * @param to room for n numbers of 64 bits, which holds the result
   * @param spare as much again
   */
  static void sort(long n, Order order, MemorySegment to, MemorySegment spare) {
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      to.setAtIndex(JAVA_LONG, i, i);
    }
    for (long width = 1; width < n; width *= 2) {
      for (long from = 0; from < n; from += 2 * width) {
        merge(from, Math.min(from + width, n), Math.min(from + 2 * width, n), order, to, spare);
      }
      Memory.copy(spare, to);
    }
  }

  private static void merge(
      long from, long middle, long end, Order order, MemorySegment in, MemorySegment out) {
    long a = from;
    long b = middle;
    for (long i = from; i < end; i++) {
      Cancellation.pollAt(i);
      boolean left =
          b >= end
              || a < middle
                  && order.compare(in.getAtIndex(JAVA_LONG, a), in.getAtIndex(JAVA_LONG, b)) <= 0;
      out.setAtIndex(JAVA_LONG, i, in.getAtIndex(JAVA_LONG, left ? a++ : b++));
    }
  }
}
