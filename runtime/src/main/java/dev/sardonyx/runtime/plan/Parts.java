package dev.sardonyx.runtime.plan;

/**
 * Into how many parts a step is cut: the one place that knows what handing work to another thread
 * costs, and roughly how long work takes. All figures were measured with 512-bit vectors.
 */
final class Parts {
  /**
   * The shortest part. To hand one over takes two microseconds, and what it reads and writes moves
   * between the cores' caches at some 16 bytes in a nanosecond.
   */
  private static final double LEAST_NANOS = 4_000;

  /** Longer than this, a member gets several parts. */
  private static final double LONG_NANOS = 50_000;

  /** Parts of a member, so that one that is held up leaves some to the others. */
  private static final int EACH = 2;

  /** Of products whose operands are in the caches. */
  private static final double MULTIPLY_ADDS = 64; // a nanosecond

  /** Weights of so many bytes stay in a core's second cache from run to run. */
  private static final double CACHED = 1 << 20;

  /** Bytes of weights that are read once, from that cache. */
  private static final double CACHED_BYTES = 100; // a nanosecond

  /** The same from the last cache or memory. */
  private static final double BYTES = 16; // a nanosecond

  /** Of windows that slide over lines. */
  private static final double TAPS = 16; // a nanosecond

  private static final double OPERATIONS = 8; // on one element a nanosecond

  private Parts() {}

  /** Parts of work that takes so many nanoseconds on one thread. */
  static int of(double nanos, int members) {
    if (members == 1) {
      return 1;
    }
    int each = (int) Math.min(EACH, nanos / LONG_NANOS / members);
    return each > 0 ? members * each : Math.clamp((long) (nanos / LEAST_NANOS), 1, members);
  }

  /** Nanoseconds of (rows, k) * (k, n). */
  static double product(double rows, double n, double k) {
    double bytes = n * k * Float.BYTES;
    double reading = bytes / (bytes <= CACHED ? CACHED_BYTES : BYTES);
    return Math.max(multiplyAdds(rows * n * k), reading);
  }

  /** Nanoseconds of so many multiplications of products. */
  static double multiplyAdds(double count) {
    return count / MULTIPLY_ADDS;
  }

  /** Nanoseconds of so many elements that are packed into panels, each at a place of its own. */
  static double packing(double elements) {
    return elements;
  }

  /** Nanoseconds of so many elements, each read for one window and multiplied or compared. */
  static double taps(double count) {
    return count / TAPS;
  }

  /** Nanoseconds of so many operations on one element each. */
  static double operations(double count) {
    return count / OPERATIONS;
  }
}
