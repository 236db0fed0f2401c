package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Nibbles;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Tries the code of products: a small one of a shape, through all that sessions go through, against
 * plain loops in float64. A first trial looks at the first and the last lane of each vector, for
 * the lanes between do as they do, and cold loops over all of them would take long.
 */
final class ProductTrial implements Family {
  /** Elements of k by variant: less than a step of the loop, groups, and over several blocks. */
  private static final int[] DEPTHS = {5, 0, 1, 2, 3, 4, 96, 9, 321, 645};

  /** What C holds beside the product. */
  private static final float BESIDE = 12345;

  private static final UnaryFunction RELU = new UnaryFunction.Relu();
  private static final UnaryFunction CLIP = new UnaryFunction.Clip(-0.5f, 0.75f);

  private final MachineProducts products;
  private final VectorLevel vectors;
  private final HotArrays arrays = new HotArrays();

  ProductTrial(MachineProducts products, VectorLevel vectors) {
    this.products = products;
    this.vectors = vectors;
  }

  @Override
  public String name() {
    return "products";
  }

  @Override
  public int size() {
    return ProductShape.COUNT;
  }

  @Override
  public int variants() {
    return DEPTHS.length;
  }

  /** Tall tiles take one panel; lower ones follow only where there are several of them. */
  @Override
  public boolean has(int number) {
    ProductShape shape = ProductShape.of(number);
    return shape.height() <= vectors.tallest()
        && shape.together() <= vectors.together(shape.height())
        && (!shape.low() || shape.height() > vectors.tallest() / 2);
  }

  @Override
  public String name(int number) {
    return ProductShape.of(number).toString();
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    ProductShape shape = ProductShape.of(number);
    int rows = shape.low() ? 2 * shape.height() - 1 : shape.height();
    int width = vectors.panelWidth();
    int groups = shape.together() == vectors.together(shape.height()) ? 2 - variant % 2 : 1;
    int n = shape.together() * groups * width - (7 * number + 5 * variant + 3) % width;
    int k = DEPTHS[variant];
    try (Arena arena = Arena.ofConfined()) {
      var data = new Data(shape, width, rows, k, n, k + variant % 3, n + variant % 4);
      Product product = data.product(arena, memory);
      products.compute(product, 0, 0, 0, 0, rows, 0, n, arrays);
      float[] c = product.c().toArray(JAVA_FLOAT_UNALIGNED);
      return data.agrees(c, variant == 0 ? width / 2 - 1 : 1);
    }
  }

  /** What a product is of: panels as they are stored, and as floats. */
  private static final class Data {
    private final ProductShape shape;
    private final int width;
    private final int rows;
    private final int k;
    private final int n;
    private final int pitch;
    private final int ldc;
    private final float[] a;
    private final float[] b;
    private final float[] scales;
    private final float[] bias;
    private final float[] residual;

    Data(ProductShape shape, int width, int rows, int k, int n, int pitch, int ldc) {
      this.shape = shape;
      this.width = width;
      this.rows = rows;
      this.k = k;
      this.n = n;
      this.pitch = pitch;
      this.ldc = ldc;
      int columns = Math.ceilDiv(n, width) * width;
      a = TrialMemory.numbers(k == 0 ? 0 : (rows - 1) * pitch + k, 1);
      b = TrialMemory.numbers(columns * k, 2);
      scales = scales(columns);
      bias = TrialMemory.numbers(shape.bias() ? n : 0, 4);
      residual = TrialMemory.numbers(shape.residual() ? (rows - 1) * ldc + n : 0, 5);
    }

    private boolean isScaled() {
      return shape.storage() == WeightStorage.INT8;
    }

    /** Floats, or the bits of two numbers of bfloat16 in each. */
    private float[] scales(int columns) {
      return switch (shape.storage()) {
        case FLOAT32, BFLOAT16, FLOAT16 -> new float[0];
        case INT8 -> TrialMemory.numbers(columns, 3);
        case INT4 -> {
          float[] pairs = TrialMemory.numbers(columns / 2 * Nibbles.groups(k), 3);
          for (int i = 0; i < pairs.length; i++) {
            int bits = Float.floatToRawIntBits(pairs[i]);
            int other = Float.floatToRawIntBits(pairs[(i + 1) % pairs.length]);
            pairs[i] = Float.intBitsToFloat(bits & 0xFFFF0000 | other >>> 16);
          }
          yield pairs;
        }
      };
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
            case RELU -> epilogue.withActivation(RELU);
            case CLIP -> epilogue.withActivation(CLIP);
          };
      var c = new float[(rows - 1) * ldc + n];
      Arrays.fill(c, BESIDE);
      return new Product(
          n,
          k,
          new MatrixRows(memory.of(arena, a), pitch, Float.BYTES),
          new StoredPanels(shape.storage(), stored(arena, memory), memory.of(arena, scales)),
          memory.of(arena, c),
          ldc,
          epilogue);
    }

    /** Stores the panels, and keeps what is left of their numbers. */
    private MemorySegment stored(Arena arena, TrialMemory memory) {
      long bytes = (long) b.length * shape.storage().bits() / Byte.SIZE;
      return switch (shape.storage()) {
        case FLOAT32 -> memory.of(arena, b);
        case BFLOAT16, FLOAT16 -> {
          MemorySegment to = memory.of(arena, bytes);
          MemorySegment.copy(shorts(), 0, to, JAVA_SHORT_UNALIGNED, 0, b.length);
          yield to;
        }
        case INT8 -> {
          MemorySegment to = memory.of(arena, bytes);
          MemorySegment.copy(bytes(), 0, to, JAVA_BYTE, 0, b.length);
          yield to;
        }
        case INT4 -> {
          MemorySegment to = memory.of(arena, bytes);
          MemorySegment.copy(nibbles(), 0, to, JAVA_BYTE, 0, b.length / 2);
          yield to;
        }
      };
    }

    /** In bfloat16 a column of the first half of a panel goes with one of the second. */
    private short[] shorts() {
      var to = new short[b.length];
      boolean pairs = shape.storage() == WeightStorage.BFLOAT16;
      for (int i = 0; i < to.length; i++) {
        int column = i % width;
        int half = column % (width / 2);
        if (pairs) {
          int bits = Float.floatToRawIntBits(b[i]);
          to[i - column + 2 * half + column / (width / 2)] = (short) (bits >>> Short.SIZE);
          b[i] = Float.intBitsToFloat(bits & 0xFFFF0000);
        } else {
          to[i] = Float.floatToFloat16(b[i]);
          b[i] = Float.float16ToFloat(to[i]);
        }
      }
      return to;
    }

    private byte[] bytes() {
      var to = new byte[b.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = (byte) (b[i] * Byte.MAX_VALUE);
        b[i] = to[i];
      }
      return to;
    }

    /** Numbers of all sixteen kinds, and what they are with the scales of their groups. */
    private byte[] nibbles() {
      var to = new byte[b.length / 2];
      int half = width / 2;
      for (int i = 0; i < b.length; i++) {
        int whole = (int) Math.floor(b[i] * 8);
        int column = i % width;
        int row = i / width % k;
        int group = i / width / k * Nibbles.groups(k) + row / Nibbles.GROUP;
        int pair = Float.floatToRawIntBits(scales[group * half + column % half]);
        boolean high = column >= half;
        to[i / width * half + column % half] |= (byte) (high ? whole << 4 : whole & 15);
        b[i] = whole * Float.intBitsToFloat(high ? pair & 0xFFFF0000 : pair << 16);
      }
      return to;
    }

    /** Whether C holds the product in each {@code step}th column and nothing beside it. */
    boolean agrees(float[] c, int step) {
      boolean agrees = true;
      int half = width / 2;
      for (int row = 0; row < rows && agrees; row++) {
        for (int panel = 0; panel < n && agrees; panel += width) {
          for (int lane = 0; lane < width; lane += lane % half == half - 1 ? 1 : step) {
            int column = panel + lane;
            agrees &= column >= n || agrees(c[row * ldc + column], row, column);
          }
        }
        for (int column = n; column < ldc && row < rows - 1; column++) {
          agrees &= c[row * ldc + column] == BESIDE;
        }
      }
      return agrees;
    }

    private boolean agrees(float found, int row, int column) {
      double sum = 0;
      double size = 1;
      int at = column / width * width * k + column % width;
      for (int i = 0; i < k; i++) {
        double one = (double) a[row * pitch + i] * b[at + i * width];
        sum += one;
        size += Math.abs(one);
      }
      if (isScaled()) {
        sum *= scales[column];
        size *= Math.abs(scales[column]) + 1;
      }
      sum += shape.bias() ? bias[column] : 0;
      sum += shape.residual() ? residual[row * ldc + column] : 0;
      double expected =
          switch (shape.ending()) {
            case NONE -> sum;
            case RELU -> Math.max(0, sum);
            case CLIP -> Math.clamp(sum, -0.5, 0.75);
          };
      return Math.abs(found - expected) <= size * 1e-6;
    }
  }
}
