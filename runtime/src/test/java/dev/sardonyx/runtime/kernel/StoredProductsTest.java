package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoredProductsTest {

  static Stream<WeightStorage> narrow() {
    return Stream.of(
        WeightStorage.BFLOAT16, WeightStorage.FLOAT16, WeightStorage.INT8, WeightStorage.INT4);
  }

  static Stream<Arguments> kernelsAndStorages() {
    return Sets.kernels()
        .flatMap(kernels -> narrow().map(storage -> Arguments.of(kernels, storage)));
  }

  /** Weights as a storage rounds them, by other code than that of panels. */
  private static double[] rounded(WeightStorage storage, float[] b, int n) {
    var values = new double[b.length];
    DType dtype = storage == WeightStorage.FLOAT16 ? DType.FLOAT16 : DType.BFLOAT16;
    DenseTensor cast = Tensor.of(b, b.length).dense().convert(dtype);
    for (int j = 0; j < n; j++) {
      float largest = 0;
      for (int i = j; i < b.length; i += n) {
        largest = Math.max(largest, Math.abs(b[i]));
      }
      double scale = largest / 127;
      for (int i = j; i < b.length; i += n) {
        values[i] =
            switch (storage) {
              case FLOAT32 -> b[i];
              case BFLOAT16, FLOAT16 -> cast.doubleAt(i);
              case INT8 -> scale == 0 ? 0 : Math.rint(b[i] / (float) scale) * (float) scale;
              case INT4 -> 0;
            };
      }
      for (int i = j; i < b.length && storage == WeightStorage.INT4; i += 32 * n) {
        roundGroup(b, i, Math.min(b.length, i + 32 * n), n, values);
      }
    }
    return values;
  }

  /** Some weights of a column, with a scale that torch would round to bfloat16 as this does. */
  private static void roundGroup(float[] b, int from, int to, int step, double[] values) {
    double largest = 0;
    for (int i = from; i < to; i += step) {
      largest = Math.abs(b[i]) > Math.abs(largest) ? b[i] : largest;
    }
    Tensor exact = Tensor.of(new float[] {(float) largest / -8}, 1);
    double scale = exact.dense().convert(DType.BFLOAT16).doubleAt(0);
    for (int i = from; i < to; i += step) {
      double whole = scale == 0 ? 0 : Math.rint(b[i] / (float) scale);
      values[i] = Math.min(7, whole) * scale;
    }
  }

  /** A product with stored weights, with a bias, ready to be multiplied. */
  private record Given(Kernels kernels, WeightStorage storage, int m, Product product, float[] b) {
    static Given of(Kernels kernels, WeightStorage storage, int m, int n, int k) {
      float[] b = Sets.random(k * n, 2);
      for (int i = 0; i < k; i++) {
        b[i * n] = 0; // a channel of zeros
        b[i * n + n - 1] *= 1e-6f; // one that float16 has few digits for
      }
      StoredPanels panels = PanelStoringTest.stored(kernels, storage, k, n, b);
      var rows = new MatrixRows(Memory.NATIVE.of(Sets.random(m * k, 1)), k, Float.BYTES);
      Epilogue epilogue = Epilogue.NONE.withBias(Memory.NATIVE.of(Sets.random(n, 3)));
      var product = new Product(n, k, rows, panels, Memory.NATIVE.of(m * n), n, epilogue);
      return new Given(kernels, storage, m, product, b);
    }

    void multiply(int fromRow, int toRow, int fromColumn, int toColumn) {
      kernels.multiply(product, 0, 0, 0, fromRow, toRow, fromColumn, toColumn, new HotArrays());
    }

    MemorySegment whole() {
      multiply(0, m, 0, product.n());
      return product.c();
    }

    void check() {
      whole();
      int n = product.n();
      int k = product.k();
      double[] weights = rounded(storage, b, n);
      MemorySegment a = ((MatrixRows) product.a()).a();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double bias = Floats.get(product.epilogue().bias(), j);
          double sum = bias;
          double size = Math.abs(bias);
          for (int p = 0; p < k; p++) {
            double one = Floats.get(a, (long) i * k + p) * weights[p * n + j];
            sum += one;
            size += Math.abs(one);
          }
          double found = Floats.get(product.c(), (long) i * n + j);
          double error = size * Math.sqrt(k + 16) * 0x1p-24;
          if (!(Math.abs(found - sum) <= error)) {
            assertThat(found)
                .as("%s %s m=%d n=%d k=%d at (%d, %d)", kernels.name(), storage, m, n, k, i, j)
                .isCloseTo(sum, within(error));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndStorages")
  void agreesWithTheReferenceOnRoundedWeights(Kernels kernels, WeightStorage storage) {
    int w = kernels.panelWidth();
    for (int n : new int[] {1, w - 1, w + 1, 4 * w, 6 * w + 1}) {
      for (int m : new int[] {1, 2, 3, 4, 5, 7, 9, 15, 31}) {
        for (int k : new int[] {0, 1, 40}) {
          Given.of(kernels, storage, m, n, k).check();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndStorages")
  void agreesWithTheReferenceOverManyBlocks(Kernels kernels, WeightStorage storage) {
    int w = kernels.panelWidth();
    for (int k : new int[] {255, 257, 777}) {
      for (int m : new int[] {1, 3, 33}) {
        Given.of(kernels, storage, m, 2 * w + 9, k).check();
      }
    }
    Given.of(kernels, storage, 2, 9 * w + 2, 2001).check();
    Given.of(kernels, storage, 1, w, 2 * 64 * 256 + 1).check();
    Given.of(kernels, storage, 13, w + 1, 64 * 256 + 300).check();
  }

  @ParameterizedTest
  @MethodSource("kernelsAndStorages")
  void noBitDependsOnHowAProductIsCut(Kernels kernels, WeightStorage storage) {
    int w = kernels.panelWidth();
    int n = 9 * w + 5;
    for (int m : new int[] {1, 2, 4, 9, 31}) {
      Given whole = Given.of(kernels, storage, m, n, 300);
      whole.whole();
      for (int parts : new int[] {2, 3, 5}) {
        Given byRows = Given.of(kernels, storage, m, n, 300);
        Given byColumns = Given.of(kernels, storage, m, n, 300);
        int panels = Math.ceilDiv(n, w);
        for (int i = 0; i < parts; i++) {
          if (m * i / parts < m * (i + 1) / parts) {
            byRows.multiply(m * i / parts, m * (i + 1) / parts, 0, n);
          }
          int from = panels * i / parts * w;
          byColumns.multiply(0, m, from, Math.min(n, panels * (i + 1) / parts * w));
        }
        assertThat(byRows.product.c().mismatch(whole.product.c())).isEqualTo(-1);
        assertThat(byColumns.product.c().mismatch(whole.product.c())).isEqualTo(-1);
      }
    }
  }

  /** While C2 compiles tiles, their twins compute, or either a part of a sum. */
  @ParameterizedTest
  @MethodSource("narrow")
  void noBitDependsOnHowWarmATileIs(WeightStorage storage) {
    var warming = new VectorKernels(WarmUp::begin);
    int n = 5 * warming.panelWidth() + 5;
    for (int m : new int[] {1, 2, 3, 6, 16}) {
      MemorySegment inLanes = Given.of(Sets.vectors(), storage, m, n, 300).whole();
      MemorySegment twins = Given.of(Sets.twins(), storage, m, n, 300).whole();
      assertThat(twins.mismatch(inLanes)).as("m = %d", m).isEqualTo(-1);
      long end = System.nanoTime() + 100_000_000;
      do {
        MemorySegment between = Given.of(warming, storage, m, n, 300).whole();
        assertThat(between.mismatch(inLanes)).isEqualTo(-1);
      } while (System.nanoTime() < end);
    }
  }

  /** Stored matrices lie one after the other, with their scales, as those of gates do. */
  @ParameterizedTest
  @MethodSource("kernelsAndStorages")
  void aProductTakesAnyOfSeveralMatrices(Kernels kernels, WeightStorage storage) {
    int n = kernels.panelWidth() + 3;
    int k = 39;
    long elements = kernels.panelElements(k, n);
    int bytes = (int) elements * StoredPanels.elementBits(storage, kernels) / Byte.SIZE;
    int scales = (int) StoredPanels.scaleBytes(storage, k, n, kernels);
    var two =
        new StoredPanels(
            storage,
            Memory.BYTES.of(bytes).asSlice(0, 2L * bytes),
            Memory.BYTES.of(scales).asSlice(0, 2L * scales));
    float[] first = Sets.random(k * n, 5);
    float[] second = Sets.random(k * n, 6);
    second[4] = 100;
    copy(PanelStoringTest.stored(kernels, storage, k, n, first), two.matrix(0, k, n, kernels));
    StoredPanels last = PanelStoringTest.stored(kernels, storage, k, n, second);
    copy(last, two.matrix(1, k, n, kernels));
    var a = new MatrixRows(Memory.HEAP.of(Sets.random(k, 7)), k, Float.BYTES);
    MemorySegment alone = Memory.HEAP.of(n);
    MemorySegment found = Memory.HEAP.of(n);
    var arrays = new HotArrays();
    kernels.multiply(
        new Product(n, k, a, last, alone, n, Epilogue.NONE), 0, 0, 0, 0, 1, 0, n, arrays);
    kernels.multiply(
        new Product(n, k, a, two, found, n, Epilogue.NONE), 0, elements, 0, 0, 1, 0, n, arrays);
    assertThat(found.mismatch(alone)).isEqualTo(-1);
  }

  private static void copy(StoredPanels from, StoredPanels to) {
    to.values().copyFrom(from.values());
    to.scales().copyFrom(from.scales());
  }

  @Test
  void float64KernelsWidenThem() {
    Kernels kernels = Kernels.doubles();
    int k = 300;
    int n = 7;
    float[] a = Sets.random(k, 1);
    float[] b = Sets.random(k * n, 2);
    MemorySegment wide = Memory.HEAP.of(2 * k);
    for (int i = 0; i < k; i++) {
      Doubles.set(wide, i, a[i]);
    }
    for (WeightStorage storage : narrow().toList()) {
      // packed by hand: these kernels pack float64 only
      StoredPanels panels = PanelStoringTest.byHand(kernels, storage, k, n, b);
      MemorySegment c = Memory.HEAP.of(2 * n);
      var rows = new MatrixRows(wide, k, Double.BYTES);
      var product = new Product(n, k, rows, panels, c, n, Epilogue.NONE);
      kernels.multiply(product, 0, 0, 0, 0, 1, 0, n, new HotArrays());
      double[] weights = rounded(storage, b, n);
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
          sum += a[i] * weights[i * n + j];
        }
        assertThat(Doubles.get(c, j)).as("%s", storage).isCloseTo(sum, within(1e-10));
      }
    }
  }
}
