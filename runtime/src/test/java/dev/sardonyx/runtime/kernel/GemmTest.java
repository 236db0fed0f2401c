package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Epilogue.BiasAxis;
import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {

  private static final float GUARD = 12345;

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceAroundEveryTileBorder(Kernels kernels, Memory memory) {
    int w = kernels.panelWidth();
    for (int n : new int[] {1, w - 1, w, w + 1, 2 * w + 3, 4 * w, 4 * w + 1}) {
      for (int m = 1; m <= 14; m++) {
        for (int k : new int[] {0, 1, 7, 40}) {
          check(kernels, memory, m, n, k, Epilogue.NONE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void agreesWithTheReferenceOverSeveralBlocks(Kernels kernels) {
    check(kernels, Memory.NATIVE, 205, 5 * kernels.panelWidth() + 9, 777, Epilogue.NONE);
    check(kernels, Memory.NATIVE, 1, 9 * kernels.panelWidth() + 2, 2001, Epilogue.NONE);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void addsBiasPerRow(Kernels kernels, Memory memory) {
    MemorySegment bias = memory.of(Sets.random(110, 3));
    check(kernels, memory, 110, 37, 5, Epilogue.NONE.withBias(bias, BiasAxis.PER_ROW));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void addsBiasPerColumn(Kernels kernels, Memory memory) {
    MemorySegment bias = memory.of(Sets.random(300, 3));
    check(kernels, memory, 7, 300, 5, Epilogue.NONE.withBias(bias, BiasAxis.PER_COLUMN));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void addsBiasThenResidualThenClampsAtZero(Kernels kernels, Memory memory) {
    MemorySegment bias = memory.of(Sets.random(150, 3));
    MemorySegment residual = memory.of(Sets.random(100_000, 4));
    Epilogue all =
        Epilogue.NONE.withBias(bias, BiasAxis.PER_COLUMN).withResidual(residual).withRelu();
    check(kernels, memory, 101, 150, 9, all);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void multipliesByHand(Kernels kernels) {
    MemorySegment panels = Memory.NATIVE.of((int) kernels.panelElements(2, 2));
    kernels.packPanels(Memory.HEAP.of(5, 6, 7, 8), 0, 2, 2, 2, 1, panels, 0);
    MemorySegment c = Memory.HEAP.of(4);
    kernels.gemm(2, 2, 2, Memory.HEAP.of(1, 2, 3, 4), 0, 2, panels, 0, c, 0, 2, Epilogue.NONE);
    assertThat(Sets.array(c)).containsExactly(19, 22, 43, 50);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void keepsNanThroughRelu(Kernels kernels) {
    MemorySegment panels = Memory.NATIVE.of((int) kernels.panelElements(1, 3));
    MemorySegment b = Memory.HEAP.of(Float.NaN, -1, Float.POSITIVE_INFINITY);
    kernels.packPanels(b, 0, 1, 3, 3, 1, panels, 0);
    MemorySegment c = Memory.HEAP.of(3);
    kernels.gemm(1, 3, 1, Memory.HEAP.of(2f), 0, 1, panels, 0, c, 0, 3, Epilogue.NONE.withRelu());
    assertThat(Sets.array(c)).containsExactly(Float.NaN, 0, Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void packsATransposedOperandToTheSamePanels(Kernels kernels) {
    int k = 11;
    int n = 2 * kernels.panelWidth() + 1;
    float[] values = Sets.random(k * n, 5);
    var transposed = new float[k * n];
    for (int i = 0; i < k * n; i++) {
      transposed[i % n * k + i / n] = values[i];
    }
    int size = (int) kernels.panelElements(k, n);
    MemorySegment plain = Memory.NATIVE.of(size);
    MemorySegment other = Memory.HEAP.of(Sets.random(size, 1));
    kernels.packPanels(Memory.HEAP.of(values), 0, k, n, n, 1, plain, 0);
    kernels.packPanels(Memory.NATIVE.of(transposed), 0, k, n, 1, k, other, 0);
    assertThat(Sets.array(other)).isEqualTo(Sets.array(plain));
    int last = 2 * k * kernels.panelWidth();
    assertThat(Floats.get(plain, last)).isEqualTo(values[n - 1]);
    assertThat(Floats.get(plain, last + 1)).as("padding").isZero();
  }

  private static void check(
      Kernels kernels, Memory memory, int m, int n, int k, Epilogue epilogue) {
    int lda = k + 3;
    int ldc = n + 2;
    float[] a = Sets.random(5 + m * lda, 1);
    float[] b = Sets.random(k * n, 2);
    MemorySegment panels = memory.of(7 + (int) kernels.panelElements(k, n));
    kernels.packPanels(memory.of(b), 0, k, n, n, 1, panels, 7);
    MemorySegment c = memory.of(4 + m * ldc);
    for (int i = 0; i < 4 + m * ldc; i++) {
      Floats.set(c, i, GUARD);
    }
    kernels.gemm(m, n, k, memory.of(a), 5, lda, panels, 7, c, 4, ldc, epilogue);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double size = 1;
        for (int p = 0; p < k; p++) {
          double product = (double) a[5 + i * lda + p] * b[p * n + j];
          sum += product;
          size += Math.abs(product);
        }
        int at = 4 + i * ldc + j;
        assertThat((double) Floats.get(c, at))
            .as("%s m=%d n=%d k=%d at (%d, %d)", kernels.name(), m, n, k, i, j)
            .isCloseTo(finished(sum, epilogue, i, j, at), within(size * (k + 4) * 0x1p-23));
      }
      assertThat(Floats.get(c, 4 + i * ldc + n)).as("beyond the row").isEqualTo(GUARD);
    }
    assertThat(Floats.get(c, 3)).as("before C").isEqualTo(GUARD);
  }

  private static double finished(double sum, Epilogue epilogue, int row, int column, int at) {
    double value = sum;
    if (epilogue.bias() != null) {
      value += Floats.get(epilogue.bias(), epilogue.axis() == BiasAxis.PER_ROW ? row : column);
    }
    if (epilogue.residual() != null) {
      value += Floats.get(epilogue.residual(), at);
    }
    return epilogue.activation() == Epilogue.Activation.RELU ? Math.max(0, value) : value;
  }
}
