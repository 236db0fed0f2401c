package dev.sardonyx.runtime.kernel;

/**
 * A tile of a product by plain loops, for any kernel set: the scalar set's own, and in the vector
 * set the twin that computes until C2 has compiled the tiles in lanes. Each element is summed in
 * the same order by both, so that they may take turns within one sum.
 *
 * <p>C2 makes lanes of these loops because every row of sums and of the panel is an array of its
 * own, indexed by the counter alone: 43 to 59 GFLOP/s with 64 to 256 columns (JDK 25.0.3, 512
 * bits), 10 with offsets into shared arrays.
 */
final class ScalarTile {

  private static final int PITCH = Products.PITCH;

  /** Rows at a time. */
  static final int HEIGHT = 4;

  private ScalarTile() {}

  /**
   * tile += rows * panel, for elements of k from a place on.
   *
   * @param at the first row in a
   * @param panel one array for each element of k
   * @param to where the tile begins
   * @param pitch from a row of the tile to the next
   * @param sums memory of the thread: {@link #HEIGHT} rows
   */
  static void multiply(
      int rows,
      int from,
      int k,
      float[] a,
      int at,
      float[][] panel,
      int columns,
      float[] tile,
      int to,
      int pitch,
      float[][] sums) {
    int row = 0;
    while (row < rows) {
      int height = rows - row >= HEIGHT ? HEIGHT : 1;
      for (int i = 0; i < height; i++) {
        System.arraycopy(tile, to + (row + i) * pitch, sums[i], 0, columns);
      }
      int a0 = at + row * PITCH;
      if (height == HEIGHT) {
        rows4(from, k, a, a0, panel, columns, sums);
      } else {
        row1(from, k, a, a0, panel, columns, sums[0]);
      }
      for (int i = 0; i < height; i++) {
        System.arraycopy(sums[i], 0, tile, to + (row + i) * pitch, columns);
      }
      row += height;
    }
  }

  private static void rows4(
      int from, int k, float[] a, int at, float[][] panel, int columns, float[][] sums) {
    int i = from;
    for (; i + 4 <= k; i += 4) {
      four(a, at + i, panel, i, columns, sums[0], sums[1], sums[2], sums[3]);
    }
    for (; i < k; i++) {
      for (int row = 0; row < HEIGHT; row++) {
        one(a[at + i + row * PITCH], panel[i], columns, sums[row]);
      }
    }
  }

  private static void row1(
      int from, int k, float[] a, int at, float[][] panel, int columns, float[] sums) {
    int i = from;
    for (; i + 4 <= k; i += 4) {
      one(a, at + i, panel[i], panel[i + 1], panel[i + 2], panel[i + 3], columns, sums);
    }
    for (; i < k; i++) {
      one(a[at + i], panel[i], columns, sums);
    }
  }

  /** Four rows by four elements of k. */
  private static void four(
      float[] a,
      int at,
      float[][] panel,
      int i,
      int columns,
      float[] s0,
      float[] s1,
      float[] s2,
      float[] s3) {
    float[] b0 = panel[i], b1 = panel[i + 1], b2 = panel[i + 2], b3 = panel[i + 3];
    int row1 = at + PITCH, row2 = row1 + PITCH, row3 = row2 + PITCH;
    float a00 = a[at], a01 = a[at + 1], a02 = a[at + 2], a03 = a[at + 3];
    float a10 = a[row1], a11 = a[row1 + 1], a12 = a[row1 + 2], a13 = a[row1 + 3];
    float a20 = a[row2], a21 = a[row2 + 1], a22 = a[row2 + 2], a23 = a[row2 + 3];
    float a30 = a[row3], a31 = a[row3 + 1], a32 = a[row3 + 2], a33 = a[row3 + 3];
    for (int j = 0; j < columns; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      s0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, s0[j]))));
      s1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, s1[j]))));
      s2[j] = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, s2[j]))));
      s3[j] = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, s3[j]))));
    }
  }

  /** One row by four elements of k. */
  private static void one(
      float[] a,
      int at,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      int columns,
      float[] sums) {
    float a0 = a[at], a1 = a[at + 1], a2 = a[at + 2], a3 = a[at + 3];
    for (int j = 0; j < columns; j++) {
      float s = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]));
      sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], s));
    }
  }

  private static void one(float factor, float[] b, int columns, float[] sums) {
    for (int j = 0; j < columns; j++) {
      sums[j] = Math.fma(factor, b[j], sums[j]);
    }
  }
}
