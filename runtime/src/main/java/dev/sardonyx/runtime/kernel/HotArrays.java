package dev.sardonyx.runtime.kernel;

/**
 * Heap arrays of one thread at a time, in which kernels keep what they read again and again: small
 * enough for the first caches. They grow to what is asked for and stay.
 */
public final class HotArrays {
  private float[] rows = new float[0];
  private final float[] tile = new float[TILE];

  /** Elements of the largest tile: 16 rows by two vectors of 1024 bits. */
  private static final int TILE = 16 * 64;

  /** A block of rows, at least so many elements; contents are what was left there. */
  float[] rows(int elements) {
    if (rows.length < elements) {
      rows = new float[elements];
    }
    return rows;
  }

  /** A tile of a product. */
  float[] tile() {
    return tile;
  }
}
