package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
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
import org.jspecify.annotations.Nullable;

/**
 * Tries the code of products of tiles: a small one of a shape, with the splitting of both operands,
 * against plain loops in float64.
 */
final class TileTrial implements Family {
  /** Rows, elements of k and columns by variant: two tiles and one, and one alone. */
  private static final int[][] SIZES = {
    {35, 37, 45}, {1, 5, 1}, {16, 32, 32}, {17, 64, 33}, {31, 1, 16}, {33, 2310, 20}, {48, 31, 64}
  };

  /**
   * Pictures by variant: how many, height, width, the kernel's height and width, zeros above,
   * below, left and right, channels, and strides and dilations down and across.
   */
  private static final int[][] PICTURES = {
    {1, 5, 6, 3, 3, 1, 1, 1, 1, 32, 1, 1, 1, 1},
    {2, 5, 20, 3, 3, 1, 0, 1, 0, 64, 2, 2, 1, 1},
    {1, 4, 7, 1, 2, 0, 0, 3, 3, 32, 1, 1, 1, 1},
    {1, 1, 300, 1, 3, 0, 0, 1, 1, 32, 1, 1, 1, 1},
    {1, 9, 4, 3, 1, 2, 1, 0, 0, 96, 3, 1, 1, 2},
    {2, 4, 5, 1, 1, 0, 0, 0, 0, 32, 2, 2, 1, 1},
    {1, 6, 5, 5, 5, 2, 2, 2, 2, 64, 1, 1, 2, 1}
  };

  /** What C holds beside the product. */
  private static final float BESIDE = 12345;

  /** The error of a product of two numbers by parts, with that of sums. */
  private static final double[] ERRORS = {1e-2, 4e-5, 1e-6};

  private final MachineTiles tiles;
  private final TilePacking packing;
  private final HotArrays arrays = new HotArrays();

  TileTrial(MachineTiles tiles, TilePacking packing) {
    this.tiles = tiles;
    this.packing = packing;
  }

  @Override
  public String name() {
    return "products of tiles";
  }

  @Override
  public int size() {
    return TileShape.COUNT;
  }

  @Override
  public int variants() {
    return SIZES.length;
  }

  @Override
  public boolean has(int number) {
    return true;
  }

  @Override
  public String name(int number) {
    return TileShape.of(number).toString();
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    int[] sizes = SIZES[variant];
    try (Arena arena = Arena.ofConfined()) {
      TileShape shape = TileShape.of(number);
      Data data =
          shape.pixels()
              ? Data.ofPixels(shape, PICTURES[variant], sizes[2], variant)
              : Data.ofRows(shape, sizes, variant);
      Product product = data.product(arena, memory);
      boolean split =
          packing.split(product.panels().values(), data.k, data.n, product.panels().split());
      if (shape.pixels()) {
        tiles.pixels().compute(product, 0, 0, 0, 0, data.rows, 0, data.n, arrays);
      } else {
        tiles.compute(product, 0, 0, 0, 0, data.rows, 0, data.n, arrays);
      }
      return split && data.agrees(product.c().toArray(JAVA_FLOAT_UNALIGNED));
    }
  }

  /** What a product is of. */
  private static final class Data {
    private static final int WIDTH = MachineKernels.WIDTH;

    private final TileShape shape;
    private final int rows;
    private final int k;
    private final int n;
    private final int pitch;
    private final int ldc;
    private final float[] a;
    private final float[] x;
    private final @Nullable ConvolutionGeometry picture;
    private final float[] b;
    private final float[] bias;
    private final float[] residual;

    private Data(
        TileShape shape,
        @Nullable ConvolutionGeometry picture,
        int rows,
        int k,
        int n,
        int pitch,
        int variant) {
      this.shape = shape;
      this.picture = picture;
      this.rows = rows;
      this.k = k;
      this.n = n;
      this.pitch = pitch;
      ldc = n + variant % 4;
      x =
          TrialMemory.numbers(
              picture == null
                  ? (rows - 1) * pitch + k
                  : Math.toIntExact(picture.batch() * picture.inPixels() * picture.channels()),
              1);
      a = picture == null ? x : met(picture, x);
      b = TrialMemory.numbers(Math.ceilDiv(n, WIDTH) * WIDTH * k, 2);
      bias = TrialMemory.numbers(shape.bias() ? n : 0, 4);
      residual = TrialMemory.numbers(shape.residual() ? (rows - 1) * ldc + n : 0, 5);
    }

    static Data ofRows(TileShape shape, int[] sizes, int variant) {
      return new Data(shape, null, sizes[0], sizes[1], sizes[2], sizes[1] + variant % 3, variant);
    }

    static Data ofPixels(TileShape shape, int[] p, int n, int variant) {
      var height = new Axis(p[1], p[3], p[10], p[12], p[5], p[6]);
      var width = new Axis(p[2], p[4], p[11], p[13], p[7], p[8]);
      var picture = new ConvolutionGeometry(p[0], p[9], n, 1, Axis.SINGLE, height, width);
      int k = picture.taps();
      return new Data(shape, picture, p[0] * picture.outPixels(), k, n, k, variant);
    }

    /** What the kernel meets, pixel by pixel of the output. */
    private static float[] met(ConvolutionGeometry g, float[] x) {
      var to = new float[g.batch() * g.outPixels() * g.taps()];
      int across = g.width().kernel() * g.channels();
      for (int i = 0; i < to.length; i++) {
        int row = i / g.taps();
        int tap = i % g.taps();
        int line = row / g.outWidth() % g.height().output();
        long h = g.height().start(line) + (long) tap / across * g.height().dilation();
        long w =
            g.width().start(row % g.outWidth())
                + (long) tap % across / g.channels() * g.width().dilation();
        if (h >= 0 && h < g.height().size() && w >= 0 && w < g.width().size()) {
          long pixel = (row / g.outPixels() * g.height().size() + h) * g.width().size() + w;
          to[i] = x[(int) pixel * g.channels() + tap % g.channels()];
        }
      }
      return to;
    }

    Product product(Arena arena, TrialMemory memory) {
      Epilogue epilogue = Epilogue.NONE;
      if (shape.bias()) {
        epilogue = epilogue.withBias(memory.of(arena, bias));
      }
      if (shape.residual()) {
        epilogue = epilogue.withResidual(memory.of(arena, residual));
      }
      epilogue =
          switch (shape.ending()) {
            case NONE -> epilogue;
            case RELU -> epilogue.withActivation(new UnaryFunction.Relu());
            case CLIP -> epilogue.withActivation(new UnaryFunction.Clip(-0.5f, 0.75f));
          };
      var c = new float[(rows - 1) * ldc + n];
      Arrays.fill(c, BESIDE);
      MemorySegment parts = memory.of(arena, TilePacking.bytes(k, n, shape.parts()));
      var panels =
          new StoredPanels(
              WeightStorage.FLOAT32,
              memory.of(arena, b),
              MemorySegment.NULL,
              new SplitPanels(shape.parts(), parts));
      LeftRows left =
          picture == null
              ? new MatrixRows(memory.of(arena, x), pitch, Float.BYTES)
              : new PixelRows(picture, memory.of(arena, x), 0);
      return new Product(n, k, left, panels, memory.of(arena, c), ldc, epilogue);
    }

    /** Whether C holds the product and nothing beside it. */
    boolean agrees(float[] c) {
      boolean agrees = true;
      for (int row = 0; row < rows && agrees; row++) {
        for (int column = 0; column < n; column++) {
          agrees &= agrees(c[row * ldc + column], row, column);
        }
        for (int column = n; column < ldc && row < rows - 1; column++) {
          agrees &= c[row * ldc + column] == BESIDE;
        }
      }
      return agrees;
    }

    private boolean agrees(float found, int row, int column) {
      double sum = 0;
      double size = 0;
      int at = column / WIDTH * WIDTH * k + column % WIDTH;
      for (int i = 0; i < k; i++) {
        double one = (double) a[row * pitch + i] * b[at + i * WIDTH];
        sum += one;
        size += Math.abs(one);
      }
      sum += shape.bias() ? bias[column] : 0;
      sum += shape.residual() ? residual[row * ldc + column] : 0;
      double expected =
          switch (shape.ending()) {
            case NONE -> sum;
            case RELU -> Math.max(0, sum);
            case CLIP -> Math.clamp(sum, -0.5, 0.75);
          };
      return Math.abs(found - expected) <= size * ERRORS[shape.parts() - 1] + 5e-7;
    }
  }
}
