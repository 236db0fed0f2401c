package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LeftRows;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.SplitPanels;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** Products by tiles against those in float64, and against themselves where they are cut. */
final class TileProducts {
  /** Errors over the output's scale that products of parts stay within, and do not all keep. */
  private static final double[] MOST_ERROR = {1e-2, 1e-5, 1e-6};

  private static final double[] LEAST_ERROR = {3e-4, 1e-6, 0};

  private static final float TOO_LARGE = 0x1p62f;
  private static final float TOO_SMALL = Math.nextDown(0x1p-103f);

  private static final float[] WITHOUT_PARTS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    TOO_LARGE,
    -TOO_LARGE,
    TOO_SMALL,
    -Float.MIN_NORMAL,
    Float.MIN_VALUE
  };

  private static final float[] WITH_PARTS = {
    0, -0f, 0x1p-103f, -0x1p-103f, Math.nextDown(TOO_LARGE), 1, Math.nextUp(1f), Math.nextDown(1f)
  };

  private final Kernels kernels;
  private final Arena arena = Arena.ofAuto();
  private final Random random = new Random(6);
  private int wrong;

  TileProducts(Kernels kernels) {
    this.kernels = kernels;
  }

  /** How much is wrong. */
  int wrong() {
    for (int parts = 1; parts <= SplitPanels.WHOLE; parts++) {
      errors(parts, 70, 300, 70);
      errors(parts, 20, 2500, 40);
      heights(parts);
      pixels(parts, 40, 1);
      pixels(parts, 7, 2);
      var plain = new Axis(11, 3, 1, 1, 1, 1);
      cuts(parts, 32 * parts, plain, plain);
      cuts(parts, 64, new Axis(11, 3, 2, 1, 1, 1), new Axis(10, 3, 2, 1, 1, 0));
      cuts(parts, 32, new Axis(12, 1, 2, 1, 0, 0), new Axis(9, 1, 3, 1, 0, 0));
      cuts(parts, 32, new Axis(13, 3, 1, 2, 2, 2), new Axis(9, 2, 4, 1, 2, 3));
    }
    regions(512, new Axis(40, 2, 1, 1, 1, 0), new Axis(30, 1, 1, 1, 0, 1));
    regions(512, new Axis(40, 3, 2, 1, 1, 1), new Axis(40, 2, 2, 1, 0, 0));
    for (float value : WITHOUT_PARTS) {
      weight(value, false);
      for (int row : new int[] {0, 15, 16, 40}) {
        guard(value, row, true);
      }
    }
    for (float value : WITH_PARTS) {
      weight(value, true);
      guard(value, 3, false);
    }
    return wrong;
  }

  private void check(boolean holds, String what, Object... values) {
    if (!holds) {
      System.out.println(what.formatted(values));
      wrong++;
    }
  }

  private MemorySegment numbers(int n) {
    MemorySegment to = arena.allocate((long) n * Float.BYTES + 1, 64);
    for (int i = 0; i < n; i++) {
      to.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return to;
  }

  /** Packed weights, their parts, and the weights themselves. */
  private record Right(MemorySegment b, StoredPanels panels, boolean split) {}

  private Right right(MemorySegment b, int k, int n, int parts) {
    MemorySegment panels = arena.allocate(kernels.panelElements(k, n) * Float.BYTES, 64);
    kernels.packPanels(b, 0, k, n, n, 1, panels, 0);
    var split = new SplitPanels(parts, arena.allocate(kernels.splitBytes(k, n, parts), 64));
    boolean done = kernels.split(panels, k, n, split);
    var stored = new StoredPanels(WeightStorage.FLOAT32, panels, MemorySegment.NULL).with(split);
    return new Right(b, stored, done);
  }

  private float[] run(Product product, int rows) {
    product.c().fill((byte) 0);
    kernels.multiply(product, 0, 0, 0, 0, rows, 0, product.n(), new HotArrays());
    return product.c().toArray(JAVA_FLOAT);
  }

  private MemorySegment c(int rows, int ldc) {
    return arena.allocate((long) rows * ldc * Float.BYTES, 64);
  }

  /** The error is that of a precision, neither more nor, but for the best, much less. */
  private void errors(int parts, int rows, int k, int n) {
    MemorySegment a = numbers(rows * k);
    Right right = right(numbers(k * n), k, n, parts);
    var left = new MatrixRows(a, k, Float.BYTES);
    var product = new Product(n, k, left, right.panels(), c(rows, n), n, Epilogue.NONE);
    float[] c = run(product, rows);
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum +=
              (double) a.getAtIndex(JAVA_FLOAT, (long) i * k + l)
                  * right.b().getAtIndex(JAVA_FLOAT, (long) l * n + j);
        }
        worst = Math.max(worst, Math.abs(c[i * n + j] - sum));
        largest = Math.max(largest, Math.abs(sum));
      }
    }
    double error = worst / largest;
    System.out.printf("%d parts, %dx%dx%d: %.2g%n", parts, rows, k, n, error);
    check(right.split(), "normal weights are not split");
    check(error <= MOST_ERROR[parts - 1], "%d parts: error %s", parts, error);
    check(error >= LEAST_ERROR[parts - 1], "%d parts: error only %s", parts, error);
  }

  private Epilogue ending(int rows, int n, int which) {
    Epilogue end = Epilogue.NONE;
    if ((which & 1) != 0) {
      end = end.withBias(numbers(n));
    }
    if ((which & 2) != 0) {
      end = end.withResidual(numbers(rows * n));
    }
    return which < 4 ? end : end.withActivation(new UnaryFunction.Relu());
  }

  /** Every number of rows, with each ending: how a product is cut changes no bit. */
  private void heights(int parts) {
    for (int rows = 1; rows <= 67; rows++) {
      int k = 1 + random.nextInt(70);
      int n = 1 + random.nextInt(70);
      Right right = right(numbers(k * n), k, n, parts);
      var left = new MatrixRows(numbers(rows * k), k, Float.BYTES);
      Epilogue end = ending(rows, n, rows & 7);
      var product = new Product(n, k, left, right.panels(), c(rows, n), n, end);
      float[] whole = run(product, rows);
      product.c().fill((byte) 0);
      var arrays = new HotArrays();
      for (int from = 0; from < rows; ) {
        int to = Math.min(rows, from + 1 + random.nextInt(20));
        for (int column = 0; column < n; column += MachineKernels.WIDTH) {
          int next = Math.min(n, column + MachineKernels.WIDTH);
          kernels.multiply(product, 0, 0, 0, from, to, column, next, arrays);
        }
        from = to;
      }
      boolean same = Arrays.equals(whole, product.c().toArray(JAVA_FLOAT));
      check(same, "%d parts: %dx%dx%d differs where it is cut", parts, rows, k, n);
      plain(product, rows, whole, parts);
    }
  }

  /** Compares with plain loops. */
  private void plain(Product product, int rows, float[] c, int parts) {
    Kernels scalar = Kernels.scalar(MachineKernels.WIDTH);
    MemorySegment other = c(rows, product.ldc());
    var same =
        new Product(
            product.n(),
            product.k(),
            product.a(),
            StoredPanels.plain(product.panels().values()),
            other,
            product.ldc(),
            product.epilogue());
    scalar.multiply(same, 0, 0, 0, 0, rows, 0, product.n(), new HotArrays());
    float[] expected = other.toArray(JAVA_FLOAT);
    double worst = 0;
    for (int i = 0; i < c.length; i++) {
      worst = Math.max(worst, Math.abs(c[i] - expected[i]));
    }
    double most = MOST_ERROR[parts - 1] * 8 * (1 + Math.sqrt(product.k()));
    check(
        worst <= most,
        "%d parts: %dx%dx%d is off by %s",
        parts,
        rows,
        product.k(),
        product.n(),
        worst);
  }

  /** The pixels of a convolution, whose rows are copied part of k by part. */
  private void pixels(int parts, int channels, int stride) {
    Axis height = new Axis(9, 3, stride, 1, 1, 1);
    Axis width = new Axis(7, 3, stride, 1, 1, 0);
    int n = 40;
    var geometry = new ConvolutionGeometry(2, channels, n, 1, Axis.SINGLE, height, width);
    int rows = 2 * geometry.outPixels();
    int k = geometry.taps();
    LeftRows left = new PixelRows(geometry, numbers(2 * 9 * 7 * channels), 0);
    Right right = right(numbers(k * n), k, n, parts);
    var product = new Product(n, k, left, right.panels(), c(rows, n), n, Epilogue.NONE);
    plain(product, rows, run(product, rows), parts);
  }

  /**
   * Pixels where they lie, cut anywhere: rows have the bits of copied ones, which a picture with a
   * number without parts is computed by.
   */
  private void cuts(int parts, int channels, Axis height, Axis width) {
    cuts(picture(parts, channels, 40, height, width), parts, height, width);
  }

  private void cuts(Product product, int parts, Axis height, Axis width) {
    int rows = 2 * height.output() * width.output();
    int n = product.n();
    float[] whole = run(product, rows);
    plain(product, rows, whole, parts);
    product.c().fill((byte) 0);
    for (int from = 0; from < rows; ) {
      int to = Math.min(rows, from + 1 + random.nextInt(60));
      kernels.multiply(product, 0, 0, 0, from, to, 0, n, new HotArrays());
      from = to;
    }
    float[] cut = product.c().toArray(JAVA_FLOAT);
    check(Arrays.equals(whole, cut), "%d parts: pixels differ where they are cut", parts);
    ((PixelRows) product.a()).x().setAtIndex(JAVA_FLOAT, 0, Float.POSITIVE_INFINITY);
    float[] other = run(product, rows);
    for (int i = 0; i < rows; i++) {
      int line = i / width.output();
      boolean met = line < height.output() && meets(height, line);
      boolean same = Arrays.equals(whole, i * n, i * n + n, other, i * n, i * n + n);
      check(
          same || met && meets(width, i % width.output()),
          "%d parts: row %d of copied pixels",
          parts,
          i);
    }
  }

  /** Whether a window meets what is the first along an axis. */
  private static boolean meets(Axis axis, int window) {
    long before = -axis.start(window);
    return before >= 0 && before % axis.dilation() == 0 && before / axis.dilation() < axis.kernel();
  }

  /** Two pictures. */
  private Product picture(int parts, int channels, int n, Axis height, Axis width) {
    var geometry = new ConvolutionGeometry(2, channels, n, 1, Axis.SINGLE, height, width);
    int rows = 2 * geometry.outPixels();
    int k = geometry.taps();
    Right right = right(numbers(k * n), k, n, parts);
    var left = new PixelRows(geometry, numbers(2 * height.size() * width.size() * channels), 0);
    var product = new Product(n, k, left, right.panels(), c(rows, n), n, ending(rows, n, 7));
    check(TilePixels.takes(product), "%s is copied", geometry);
    return product;
  }

  /** Pictures whose parts exceed the second cache are split and multiplied in regions. */
  private void regions(int channels, Axis height, Axis width) {
    Product product = picture(SplitPanels.WHOLE, channels, 20, height, width);
    int most = TilePixels.mostLines(product);
    check(most > 1 && 2 * most < height.output(), "%d lines in a region", most);
    cuts(product, SplitPanels.WHOLE, height, width);
  }

  private void weight(float value, boolean splits) {
    MemorySegment b = numbers(50 * 40);
    b.setAtIndex(JAVA_FLOAT, random.nextInt(50 * 40), value);
    check(right(b, 50, 40, 3).split() == splits, "a weight of %s", value);
  }

  /** A row without parts has the bits of a product of floats; the others those that they had. */
  private void guard(float value, int row, boolean guarded) {
    int rows = 45;
    int k = 400;
    int n = 33;
    MemorySegment a = numbers(rows * k);
    Right right = right(numbers(k * n), k, n, 3);
    MemorySegment c = c(rows, n);
    Epilogue onto = Epilogue.NONE.withResidual(c).withActivation(new UnaryFunction.Relu());
    var left = new MatrixRows(a, k, Float.BYTES);
    var product = new Product(n, k, left, right.panels(), c, n, onto);
    var plain = new Product(n, k, left, StoredPanels.plain(right.panels().values()), c, n, onto);
    float[] before = run(product, rows);
    a.setAtIndex(JAVA_FLOAT, (long) row * k + random.nextInt(k), value);
    float[] after = run(product, rows);
    float[] floats = run(plain, rows);
    for (int i = 0; i < rows; i++) {
      float[] expected = i == row ? floats : before;
      boolean same = Arrays.equals(expected, i * n, i * n + n, after, i * n, i * n + n);
      check(same || (i == row && !guarded), "%s in row %d: row %d", value, row, i);
    }
    double largest = Math.abs(value) + k;
    for (int i = row * n; i < row * n + n && !guarded; i++) {
      check(Math.abs(after[i] - floats[i]) <= 1e-6 * largest, "%s in row %d", value, row);
    }
  }
}
