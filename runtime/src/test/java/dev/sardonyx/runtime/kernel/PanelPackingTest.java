package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PanelPackingTest {

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

  static Stream<Kernels> sets() {
    return Stream.concat(Sets.kernels(), Stream.of(Sets.twins(), VectorKernels.create()));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void columnsThatLieAsRowsAreThoseOfTheirTranspose(Kernels kernels) {
    var arrays = new HotArrays();
    int width = kernels.panelWidth();
    for (int k : new int[] {1, 15, 16, 64, 255, 256, 300}) {
      for (int n : new int[] {1, width - 1, width, 2 * width + 3}) {
        int step = k + 5;
        MemorySegment b = Memory.NATIVE.of(Sets.random(3 + n * step, k + n));
        int size = 7 + (int) kernels.panelElements(k, n);
        MemorySegment expected = Memory.NATIVE.of(size);
        MemorySegment found = Memory.NATIVE.of(Sets.random(size, 1));
        MemorySegment.copy(found, 0, expected, 0, 7 * Float.BYTES);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < k; i++) {
            int to = 7 + (j / width * k + i) * width + j % width;
            Floats.set(expected, to, Floats.get(b, 3 + (long) j * step + i));
          }
        }
        kernels.packTransposed(b, 3, k, n, step, found, 7, arrays);
        assertThat(found.mismatch(expected)).as("k %d, n %d", k, n).isEqualTo(-1);
      }
    }
  }
}
