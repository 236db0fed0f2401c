package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
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
}
