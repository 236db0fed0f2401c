package dev.sardonyx.runtime.kernel;

/** Where a window has its elements, for one channel of one pixel, and where their weights are. */
final class TapList {
  private static final int MOST = 64;

  final long[] places = new long[MOST];
  final long[] weights = new long[MOST];
  private int count;

  int count() {
    return count;
  }

  boolean isFull() {
    return count == MOST;
  }

  void clear() {
    count = 0;
  }

  void add(long place, long weight) {
    places[count] = place;
    weights[count] = weight;
    count++;
  }
}
