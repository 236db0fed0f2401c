package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax, means and the per-channel scale. */
class ReductionTest {

  private static final float INF = Float.POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void softmaxAgreesWithTheReferenceAlongAnyAxis(Kernels kernels, Memory memory) {
    for (int inner : new int[] {1, 2, 15, 16, 35}) {
      for (int n : new int[] {1, 2, 15, 16, 17, 50}) {
        for (boolean logarithm : new boolean[] {false, true}) {
          softmax(kernels, memory, 3, n, inner, logarithm);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void softmaxSurvivesLargeAndInfiniteValues(Kernels kernels, Memory memory) {
    for (int inner : new int[] {1, 3}) {
      row(kernels, memory, inner, false, new float[] {3e38f, 3e38f}, 0.5f, 0.5f);
      row(kernels, memory, inner, false, new float[] {-3e38f, 3e38f}, 0, 1);
      row(kernels, memory, inner, false, new float[] {-INF, 7}, 0, 1);
      row(kernels, memory, inner, true, new float[] {-INF, 7}, -INF, 0);
      row(kernels, memory, inner, false, new float[] {INF, 7}, Float.NaN, Float.NaN);
      row(kernels, memory, inner, false, new float[] {-INF, -INF}, Float.NaN, Float.NaN);
      row(kernels, memory, inner, true, new float[] {-INF, -INF}, Float.NaN, Float.NaN);
      row(kernels, memory, inner, false, new float[] {Float.NaN, 1}, Float.NaN, Float.NaN);
      row(kernels, memory, inner, false, new float[] {1, Float.NaN}, Float.NaN, Float.NaN);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void meansStayAccurateOverLongRows(Kernels kernels) {
    int n = 3_000_001;
    MemorySegment x = Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      Floats.set(x, i, 0.1f);
    }
    MemorySegment y = Memory.NATIVE.of(1);
    kernels.reduceRows(RowReduction.MEAN, x, y, 1, n);
    assertThat(Floats.get(y, 0)).isCloseTo(0.1f, within(Math.ulp(0.1f) * 8));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void meansEachRow(Kernels kernels, Memory memory) {
    for (int columns : new int[] {1, 15, 16, 49, 64, 131, 5000}) {
      float[] x = Sets.random(3 * columns, 9);
      MemorySegment y = memory.of(3);
      kernels.reduceRows(RowReduction.MEAN, memory.of(x), y, 3, columns);
      for (int r = 0; r < 3; r++) {
        double sum = 0;
        for (int i = 0; i < columns; i++) {
          sum += x[r * columns + i];
        }
        assertThat((double) Floats.get(y, r)).isCloseTo(sum / columns, within(2e-6));
      }
    }
    MemorySegment y = memory.of(1);
    kernels.reduceRows(RowReduction.MEAN, memory.of(1), y, 1, 0);
    assertThat(Floats.get(y, 0)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void scalesAndShiftsEachChannelRoundingOnce(Kernels kernels, Memory memory) {
    for (int inner : new int[] {1, 5, 16, 33}) {
      int channels = 19;
      float[] x = Sets.random(2 * channels * inner, 1);
      float[] scale = Sets.random(channels, 2);
      float[] shift = Sets.random(channels, 3);
      MemorySegment y = memory.of(x.length);
      kernels.scaleShift(memory.of(x), memory.of(scale), memory.of(shift), y, 2, channels, inner);
      for (int i = 0; i < x.length; i++) {
        int c = i / inner % channels;
        assertThat(Floats.get(y, i)).isEqualTo(Math.fma(x[i], scale[c], shift[c]));
      }
    }
  }

  private static void row(
      Kernels kernels, Memory memory, int inner, boolean logarithm, float[] x, float... expected) {
    var spread = new float[x.length * inner];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = x[i / inner];
    }
    MemorySegment y = memory.of(spread);
    kernels.softmax(y, y, 1, x.length, inner, logarithm);
    var wanted = new float[spread.length];
    for (int i = 0; i < spread.length; i++) {
      wanted[i] = expected[i / inner];
    }
    assertThat(Sets.array(y))
        .as("%s, softmax of %s", kernels.name(), Arrays.toString(x))
        .isEqualTo(wanted);
  }

  private static void softmax(
      Kernels kernels, Memory memory, int outer, int n, int inner, boolean logarithm) {
    float[] x = Sets.random(outer * n * inner, 4);
    MemorySegment y = memory.of(x.length);
    kernels.softmax(memory.of(x), y, outer, n, inner, logarithm);
    for (int i = 0; i < x.length; i++) {
      int first = i / (n * inner) * n * inner + i % inner;
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.exp(x[first + j * inner]);
      }
      double expected = logarithm ? x[i] - Math.log(sum) : Math.exp(x[i]) / sum;
      assertThat((double) Floats.get(y, i))
          .as("%s n=%d inner=%d at %d", kernels.name(), n, inner, i)
          .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }
  }
}
