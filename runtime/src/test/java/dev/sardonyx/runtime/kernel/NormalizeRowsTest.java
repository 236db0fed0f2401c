package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalizeRowsTest {

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void everyRowIsNormalisedByItsOwnStatisticsAlsoInPlace(Kernels kernels, Memory memory) {
    for (int columns : new int[] {1, 2, 15, 16, 17, 33, 64, 131, 5000}) {
      for (boolean centred : new boolean[] {true, false}) {
        float[] x = Sets.random(3 * columns, 9);
        float[] scale = Sets.random(columns, 10);
        float[] shift = Sets.random(columns, 11);
        MemorySegment y = memory.of(x);
        kernels.normalizeRows(centred, 1e-3f, y, memory.of(scale), memory.of(shift), y, 3, columns);
        for (int i = 0; i < x.length; i++) {
          int column = i % columns;
          double normal = normal(x, i - column, columns, column, centred);
          assertThat((double) Floats.get(y, i))
              .isCloseTo(normal * scale[column] + shift[column], within(3e-6));
        }
        MemorySegment plain = memory.of(x.length);
        kernels.normalizeRows(centred, 1e-3f, memory.of(x), null, null, plain, 3, columns);
        double last = normal(x, 2 * columns, columns, columns - 1, centred);
        assertThat((double) Floats.get(plain, x.length - 1L)).isCloseTo(last, within(3e-6));
      }
    }
  }

  private static double normal(float[] x, int from, int n, int column, boolean centred) {
    double mean = 0;
    for (int i = from; centred && i < from + n; i++) {
      mean += (double) x[i] / n;
    }
    double variance = 0;
    for (int i = from; i < from + n; i++) {
      variance += (x[i] - mean) * (x[i] - mean) / n;
    }
    return (x[from + column] - mean) / Math.sqrt(variance + 1e-3f);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void aLargeMeanDoesNotSpoilTheVariance(Kernels kernels) {
    int n = 100_000;
    MemorySegment x = Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      Floats.set(x, i, i % 2 == 0 ? 100_001 : 99_999);
    }
    kernels.normalizeRows(true, 0, x, null, null, x, 1, n);
    assertThat(Floats.get(x, 0)).isCloseTo(1, within(1e-6f));
    assertThat(Floats.get(x, n - 1L)).isCloseTo(-1, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void nanFillsItsRowAndNoOther(Kernels kernels) {
    MemorySegment x = Memory.NATIVE.of(1f, Float.NaN, 3f, 1f, 2f, 3f);
    kernels.normalizeRows(true, 0, x, null, null, x, 2, 3);
    assertThat(Floats.get(x, 0)).isNaN();
    assertThat(Floats.get(x, 4)).isZero();
  }
}
