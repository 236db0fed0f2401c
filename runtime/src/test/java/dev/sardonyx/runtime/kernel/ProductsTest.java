package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {

  private static final float GUARD = 12345;

  /** Where A, the panels and C begin; rows of A and C are three and two further apart. */
  private static final int A_AT = 5;

  private static final int PANELS_AT = 7;
  private static final int C_AT = 4;

  /** All of a product, ready to be multiplied. */
  private record Given(Kernels kernels, int m, Product product, float[] a, float[] b) {
    static Given of(Kernels kernels, Memory memory, int m, int n, int k, Epilogue epilogue) {
      float[] a = Sets.random(A_AT + m * (k + 3), 1);
      float[] b = Sets.random(k * n, 2);
      MemorySegment panels = memory.of(PANELS_AT + (int) kernels.panelElements(k, n));
      kernels.packPanels(memory.of(b), 0, k, n, n, 1, panels, PANELS_AT);
      MemorySegment c = memory.of(C_AT + m * (n + 2));
      for (int i = 0; i < C_AT + m * (n + 2); i++) {
        Floats.set(c, i, GUARD);
      }
      var rows = new MatrixRows(memory.of(a), k + 3, Float.BYTES);
      return new Given(kernels, m, new Product(n, k, rows, panels, c, n + 2, epilogue), a, b);
    }

    void multiply(int fromRow, int toRow, int fromColumn, int toColumn) {
      var arrays = new HotArrays();
      kernels.multiply(
          product, A_AT, PANELS_AT, C_AT, fromRow, toRow, fromColumn, toColumn, arrays);
    }

    void check() {
      multiply(0, m, 0, product.n());
      int n = product.n();
      int k = product.k();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          double size = 1;
          for (int p = 0; p < k; p++) {
            double one = (double) a[A_AT + i * (k + 3) + p] * b[p * n + j];
            sum += one;
            size += Math.abs(one);
          }
          int at = C_AT + i * (n + 2) + j;
          double found = Floats.get(product.c(), at);
          double expected = finished(sum, product.epilogue(), j, at);
          double error = size * Math.sqrt(k + 16) * 0x1p-24;
          if (!(Math.abs(found - expected) <= error)) {
            assertThat(found)
                .as("%s m=%d n=%d k=%d at (%d, %d)", kernels.name(), m, n, k, i, j)
                .isCloseTo(expected, within(error));
          }
        }
        int after = C_AT + i * (n + 2) + n;
        assertThat(Floats.get(product.c(), after)).as("beyond the row").isEqualTo(GUARD);
      }
      assertThat(Floats.get(product.c(), C_AT - 1)).as("before C").isEqualTo(GUARD);
    }

    private static double finished(double sum, Epilogue epilogue, int column, int at) {
      double value = sum;
      value += epilogue.bias() == null ? 0 : Floats.get(epilogue.bias(), column);
      value += epilogue.residual() == null ? 0 : Floats.get(epilogue.residual(), at);
      UnaryFunction activation = epilogue.activation();
      return activation == null ? value : activation.applyAsDouble(value);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceAroundEveryTileBorder(Kernels kernels, Memory memory) {
    int w = kernels.panelWidth();
    for (int n : new int[] {1, w - 1, w, w + 1, 2 * w + 3, 4 * w, 4 * w + 1}) {
      for (int m = 1; m <= 43; m += m < 17 ? 1 : 5) {
        for (int k : new int[] {0, 1, 7, 40}) {
          Given.of(kernels, memory, m, n, k, Epilogue.NONE).check();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void agreesWithTheReferenceOverManyBlocks(Kernels kernels) {
    int w = kernels.panelWidth();
    for (int k : new int[] {255, 256, 257, 777, 6 * 256, 6 * 256 + 1, 13 * 256 + 44}) {
      for (int m : new int[] {1, 3, 13, 33}) {
        Given.of(kernels, Memory.NATIVE, m, 2 * w + 9, k, Epilogue.NONE).check();
      }
    }
    Given.of(kernels, Memory.NATIVE, 245, 5 * w + 9, 777, Epilogue.NONE).check();
    Given.of(kernels, Memory.NATIVE, 245, 18 * w + 9, 300, Epilogue.NONE).check();
    Given.of(kernels, Memory.NATIVE, 16, 8 * w + 1, 12 * 256 + 5, Epilogue.NONE).check();
    Given.of(kernels, Memory.NATIVE, 1, 9 * w + 2, 2001, Epilogue.NONE).check();
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void addsToWhatCHoldsWhereThatIsItsResidual(Kernels kernels) {
    int n = kernels.panelWidth() + 3;
    for (int k : new int[] {5, 300, 6 * 256 + 3, 13 * 256 + 1}) {
      int bytes = kernels.elementBytes();
      MemorySegment a = Memory.NATIVE.of(Sets.random(2 * k, 5));
      MemorySegment b = Memory.NATIVE.of(Sets.random(k * n, 6));
      MemorySegment panels = Memory.NATIVE.of((int) kernels.panelElements(k, n));
      kernels.packPanels(b, 0, k, n, n, 1, panels, 0);
      MemorySegment c = Memory.NATIVE.of(Sets.random(2 * n, 7));
      MemorySegment before = Memory.NATIVE.of(Sets.random(2 * n, 7));
      MemorySegment apart = Memory.NATIVE.of(2 * n);
      var rows = new MatrixRows(a, k, bytes);
      Epilogue in = Epilogue.NONE.withResidual(c);
      Epilogue beside = Epilogue.NONE.withResidual(before);
      var arrays = new HotArrays();
      kernels.multiply(new Product(n, k, rows, panels, c, n, in), 0, 0, 0, 0, 2, 0, n, arrays);
      kernels.multiply(
          new Product(n, k, rows, panels, apart, n, beside), 0, 0, 0, 0, 2, 0, n, arrays);
      assertThat(c.mismatch(apart)).as("%s k=%d", kernels.name(), k).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void addsBiasThenResidualThenClampsAtZero(Kernels kernels, Memory memory) {
    MemorySegment bias = memory.of(Sets.random(150, 3));
    MemorySegment residual = memory.of(Sets.random(100_000, 4));
    Epilogue some = Epilogue.NONE.withBias(bias);
    for (int k : new int[] {0, 9, 300}) {
      for (int m : new int[] {1, 30, 101}) {
        Given.of(kernels, memory, m, 150, k, some).check();
        Given.of(
                kernels,
                memory,
                m,
                150,
                k,
                some.withResidual(residual).withActivation(new UnaryFunction.Relu()))
            .check();
      }
    }
    Epilogue clipped = some.withActivation(new UnaryFunction.Clip(-0.5f, 0.75f));
    Given.of(kernels, memory, 30, 150, 9, clipped.withResidual(residual)).check();
    Given.of(
            kernels,
            Memory.NATIVE,
            3,
            150,
            64 * 256 + 3,
            some.withResidual(residual).withActivation(new UnaryFunction.Relu()))
        .check();
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void withoutAnyElementsOfKTheProductIsZero(Kernels kernels) {
    var arrays = new HotArrays();
    for (int m : new int[] {1, 3, 40}) {
      for (int k : new int[] {9, 0}) {
        Given given = Given.of(kernels, Memory.NATIVE, m, 70, k, Epilogue.NONE);
        kernels.multiply(given.product, A_AT, PANELS_AT, C_AT, 0, m, 0, 70, arrays);
        float found = Floats.get(given.product.c(), C_AT + 5);
        assertThat(found == 0).as("m=%d k=%d", m, k).isEqualTo(k == 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void keepsNanThroughRelu(Kernels kernels) {
    MemorySegment panels = Memory.NATIVE.of((int) kernels.panelElements(1, 3));
    MemorySegment b = Memory.HEAP.of(Float.NaN, -1, Float.POSITIVE_INFINITY);
    kernels.packPanels(b, 0, 1, 3, 3, 1, panels, 0);
    MemorySegment c = Memory.HEAP.of(3);
    var a = new MatrixRows(Memory.HEAP.of(2f), 1, Float.BYTES);
    var product =
        new Product(3, 1, a, panels, c, 3, Epilogue.NONE.withActivation(new UnaryFunction.Relu()));
    kernels.multiply(product, 0, 0, 0, 0, 1, 0, 3, new HotArrays());
    assertThat(Sets.array(c)).containsExactly(Float.NaN, 0, Float.POSITIVE_INFINITY);
  }

  /** A panel of bfloat16 holds pairs of columns. */
  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 1, 15})
  void plainLoopsRefusePanelsOfNoPairs(int width) {
    assertThatThrownBy(() -> Kernels.scalar(width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width of a panel must be even and at least 2 (was " + width + ")");
  }

  /** What lets a session cut a product between as many threads as it has. */
  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void noBitDependsOnHowAProductIsCut(Kernels kernels) {
    int w = kernels.panelWidth();
    int n = 9 * w + 5;
    Epilogue bias = Epilogue.NONE.withBias(Memory.NATIVE.of(Sets.random(n, 3)));
    for (int k : new int[] {1, 300, 301, 64 * 256 + 9}) {
      int m = k == 301 ? 1 : k > 1000 ? 5 : 131;
      Given whole = Given.of(kernels, Memory.NATIVE, m, n, k, bias);
      whole.multiply(0, m, 0, n);
      for (int parts : new int[] {2, 3, 5}) {
        Given byRows = Given.of(kernels, Memory.NATIVE, m, n, k, bias);
        Given byColumns = Given.of(kernels, Memory.NATIVE, m, n, k, bias);
        int panels = Math.ceilDiv(n, w);
        for (int i = 0; i < parts; i++) {
          byRows.multiply(m * i / parts, m * (i + 1) / parts, 0, n);
          int from = panels * i / parts * w;
          byColumns.multiply(0, m, from, Math.min(n, panels * (i + 1) / parts * w));
        }
        assertThat(byRows.product.c().mismatch(whole.product.c())).isEqualTo(-1);
        assertThat(byColumns.product.c().mismatch(whole.product.c())).isEqualTo(-1);
      }
    }
  }

  /** While C2 compiles tiles, their twins compute, or either a part of a sum. */
  @Test
  void noBitDependsOnHowWarmATileIs() {
    var warming = new VectorKernels(WarmUp::begin);
    Kernels warm = Sets.vectors();
    int n = 5 * warm.panelWidth() + 5;
    for (int m : new int[] {1, 2, 3, 6, 11, 16, 45}) {
      Given inLanes = Given.of(warm, Memory.NATIVE, m, n, 300, Epilogue.NONE);
      Given twins = Given.of(Sets.twins(), Memory.NATIVE, m, n, 300, Epilogue.NONE);
      inLanes.multiply(0, m, 0, n);
      twins.multiply(0, m, 0, n);
      assertThat(twins.product.c().mismatch(inLanes.product.c())).as("m = %d", m).isEqualTo(-1);
      long end = System.nanoTime() + 100_000_000;
      do {
        Given between = Given.of(warming, Memory.NATIVE, m, n, 300, Epilogue.NONE);
        between.multiply(0, m, 0, n);
        assertThat(between.product.c().mismatch(inLanes.product.c())).isEqualTo(-1);
      } while (System.nanoTime() < end);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void infinitiesAndNanStayInTheirOwnRowsAndColumns(Kernels kernels) {
    int n = kernels.panelWidth() + 1;
    Given given =
        Given.of(
            kernels, Memory.HEAP, 15, n, 3, Epilogue.NONE.withActivation(new UnaryFunction.Relu()));
    for (int j = 0; j < 3; j++) {
      MemorySegment a = ((MatrixRows) given.product.a()).a();
      Floats.set(a, A_AT + 14L * 6 + j, Float.POSITIVE_INFINITY);
      Floats.set(a, A_AT + 13L * 6 + j, Float.NaN);
    }
    given.multiply(0, 15, 0, n);
    for (int row = 0; row < 15; row++) {
      for (int column = 0; column < n; column++) {
        float found = Floats.get(given.product.c(), C_AT + row * (n + 2) + column);
        if (row == 13) {
          assertThat(found).isNaN();
        } else if (row < 13) {
          assertThat(found).isFinite();
        }
      }
    }
  }

  @Test
  void float64IsSummedInFloat64() {
    Kernels kernels = Kernels.doubles();
    int m = 7;
    int n = 13;
    int k = 531;
    var a = new double[m * k];
    var b = new double[k * n];
    float[] random = Sets.random(m * k + k * n, 6);
    Stream.of(a, b)
        .forEach(
            values -> {
              for (int i = 0; i < values.length; i++) {
                values[i] = random[i + (values == a ? 0 : m * k)] * Math.PI;
              }
            });
    MemorySegment panels = MemorySegment.ofArray(new double[(int) kernels.panelElements(k, n)]);
    kernels.packPanels(MemorySegment.ofArray(b), 0, k, n, n, 1, panels, 0);
    var c = new double[m * n];
    var rows = new MatrixRows(MemorySegment.ofArray(a), k, Double.BYTES);
    var product = new Product(n, k, rows, panels, MemorySegment.ofArray(c), n, Epilogue.NONE);
    kernels.multiply(product, 0, 0, 0, 0, m, 0, n, new HotArrays());
    for (int i = 0; i < m * n; i++) {
      double sum = 0;
      for (int p = 0; p < k; p++) {
        sum += a[i / n * k + p] * b[p * n + i % n];
      }
      assertThat(c[i]).isCloseTo(sum, within(k * 0x1p-45));
    }
  }
}
