package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Discrete Fourier transforms of one length, in double: by halves where it is a power of two, else
 * by Bluestein's method, which makes a convolution of it. Works in memory of the caller, where
 * complex numbers are pairs of doubles. Immutable.
 *
 * @param length the number of elements
 */
public record Fourier(int length) {
  private static final int LONGEST = 1 << 28;

  /** Errors: IllegalArgumentException unless the length is 1 to 2^28. */
  public Fourier {
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          "a Fourier transform has 1 to %d elements (was %d)".formatted(LONGEST, length));
    }
  }

  /** The doubles that {@link #prepare} and {@link #transform} work in. */
  public long scratchElements() {
    return isPower() ? 3L * length : 2L * length + 5L * padded();
  }

  private boolean isPower() {
    return Integer.bitCount(length) == 1;
  }

  /** The length that halves work on: that of the convolution where there is one. */
  private int padded() {
    return isPower() ? length : Integer.highestOneBit(2 * length - 1) << 1;
  }

  // The scratch: data of the padded length, roots (half of it), then chirp and filter.

  private long rootsAt() {
    return 2L * padded();
  }

  private long chirpAt() {
    return 3L * padded();
  }

  private long filterAt() {
    return chirpAt() + 2L * length;
  }

  /** Fills the tables that transforms read; they hold until the scratch is used otherwise. */
  public void prepare(MemorySegment scratch) {
    int n = padded();
    for (int i = 0; i < n / 2; i++) {
      Cancellation.pollAt(i);
      double angle = -2 * Math.PI * i / n;
      put(scratch, rootsAt() + 2L * i, Math.cos(angle), Math.sin(angle));
    }
    if (isPower()) {
      return;
    }
    for (int i = 0; i < 2 * n; i++) {
      Cancellation.pollAt(i);
      set(scratch, i, 0);
    }
    for (int i = 0; i < length; i++) {
      Cancellation.pollAt(i);
      // i * i only matters up to a whole turn; without this large angles would lose digits.
      double angle = Math.PI * ((long) i * i % (2L * length)) / length;
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      put(scratch, chirpAt() + 2L * i, cos, -sin);
      put(scratch, 2L * i, cos, sin);
      put(scratch, 2L * ((n - i) % n), cos, sin);
    }
    halves(scratch, n);
    MemorySegment.copy(scratch, 0, scratch, filterAt() * 8, 2L * n * 8);
  }

  /**
   * Transforms the first {@code length} pairs of the scratch in place; the inverse is divided by
   * the length.
   */
  public void transform(MemorySegment scratch, boolean inverse) {
    if (inverse) {
      swap(scratch, 1); // the inverse is the transform with the parts exchanged
    }
    if (isPower()) {
      halves(scratch, length);
    } else {
      convolve(scratch);
    }
    if (inverse) {
      swap(scratch, length);
    }
  }

  private void swap(MemorySegment data, double divisor) {
    for (long i = 0; i < 2L * length; i += 2) {
      Cancellation.pollAt(i / 2);
      put(data, i, get(data, i + 1) / divisor, get(data, i) / divisor);
    }
  }

  private void convolve(MemorySegment scratch) {
    int n = padded();
    for (long i = 0; i < length; i++) {
      Cancellation.pollAt(i);
      multiply(scratch, 2 * i, scratch, chirpAt() + 2 * i);
    }
    for (long i = 2L * length; i < 2L * n; i++) {
      Cancellation.pollAt(i);
      set(scratch, i, 0);
    }
    halves(scratch, n);
    for (long i = 0; i < n; i++) {
      Cancellation.pollAt(i);
      multiply(scratch, 2 * i, scratch, filterAt() + 2 * i);
      // The transform of the conjugate is the conjugate of the inverse.
      set(scratch, 2 * i + 1, -get(scratch, 2 * i + 1));
    }
    halves(scratch, n);
    for (long i = 0; i < length; i++) {
      Cancellation.pollAt(i);
      put(scratch, 2 * i, get(scratch, 2 * i) / n, -get(scratch, 2 * i + 1) / n);
      multiply(scratch, 2 * i, scratch, chirpAt() + 2 * i);
    }
  }

  /** The transform of n pairs, n a power of two. Source: Cooley and Tukey, 1965. */
  private void halves(MemorySegment data, int n) {
    reverseBits(data, n);
    int whole = padded();
    long left = Cancellation.EVERY;
    for (int size = 2; size <= n && size > 0; size *= 2) {
      int half = size / 2;
      int step = whole / size;
      for (int start = 0; start < n; start += size) {
        left = Cancellation.spend(left, half);
        for (int i = 0; i < half; i++) {
          Cancellation.pollAt(i);
          long low = 2L * (start + i);
          long high = low + size;
          long root = rootsAt() + 2L * i * step;
          double cos = get(data, root);
          double sin = get(data, root + 1);
          double re = get(data, high) * cos - get(data, high + 1) * sin;
          double im = get(data, high) * sin + get(data, high + 1) * cos;
          put(data, high, get(data, low) - re, get(data, low + 1) - im);
          put(data, low, get(data, low) + re, get(data, low + 1) + im);
        }
      }
    }
  }

  private static void reverseBits(MemorySegment data, int n) {
    int shift = Integer.numberOfLeadingZeros(n) + 1;
    for (int i = 0; n > 1 && i < n; i++) {
      Cancellation.pollAt(i);
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        double re = get(data, 2L * i);
        double im = get(data, 2L * i + 1);
        put(data, 2L * i, get(data, 2L * j), get(data, 2L * j + 1));
        put(data, 2L * j, re, im);
      }
    }
  }

  private static void multiply(MemorySegment a, long at, MemorySegment b, long bAt) {
    double re = get(a, at) * get(b, bAt) - get(a, at + 1) * get(b, bAt + 1);
    double im = get(a, at) * get(b, bAt + 1) + get(a, at + 1) * get(b, bAt);
    put(a, at, re, im);
  }

  private static double get(MemorySegment data, long index) {
    return data.get(JAVA_DOUBLE_UNALIGNED, index * 8);
  }

  private static void set(MemorySegment data, long index, double value) {
    data.set(JAVA_DOUBLE_UNALIGNED, index * 8, value);
  }

  /** Writes a pair. */
  static void put(MemorySegment data, long index, double re, double im) {
    set(data, index, re);
    set(data, index + 1, im);
  }
}
