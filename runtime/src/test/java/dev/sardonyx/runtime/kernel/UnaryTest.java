package dev.sardonyx.runtime.kernel;

import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnaryTest {

  private static final float INF = POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void treatsSpecialValuesAsPyTorchDoes(Kernels kernels, Memory memory) {
    float[] x = {NaN, INF, NEGATIVE_INFINITY, 0f, -0f, 2, -2};
    expect(kernels, memory, new UnaryFunction.Relu(), x, NaN, INF, 0, 0, 0, 2, 0);
    expect(kernels, memory, new UnaryFunction.LeakyRelu(0.5f), x, NaN, INF, -INF, 0, -0f, 2, -1);
    expect(kernels, memory, new UnaryFunction.Clip(-1, 1), x, NaN, 1, -1, 0, -0f, 1, -1);
    expect(kernels, memory, new UnaryFunction.Clip(3, 1), x, NaN, 1, 1, 1, 1, 1, 1);
    expect(kernels, memory, new UnaryFunction.Neg(), x, NaN, -INF, INF, -0f, 0, -2, 2);
    expect(kernels, memory, new UnaryFunction.Abs(), x, NaN, INF, INF, 0, 0, 2, 2);
    float root = (float) Math.sqrt(2);
    expect(kernels, memory, new UnaryFunction.Sqrt(), x, NaN, INF, NaN, 0, -0f, root, NaN);
    float[] ends = {NaN, INF, NEGATIVE_INFINITY, 0f, -0f};
    expect(kernels, memory, new UnaryFunction.Exp(), ends, NaN, INF, 0, 1, 1);
    expect(kernels, memory, new UnaryFunction.Log(), ends, NaN, INF, NaN, -INF, -INF);
    expect(kernels, memory, new UnaryFunction.Tanh(), ends, NaN, 1, -1, 0, -0f);
    expect(kernels, memory, new UnaryFunction.Sigmoid(), ends, NaN, 1, 0, 0.5f, 0.5f);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void worksInPlaceAndStopsAtTheEnd(Kernels kernels, Memory memory) {
    for (int n = 0; n < 70; n++) {
      MemorySegment x = memory.of(Sets.random(n + 1, n));
      float[] expected = Sets.array(x);
      for (int i = 0; i < n; i++) {
        expected[i] = -expected[i];
      }
      kernels.unary(new UnaryFunction.Neg(), x, x, n);
      assertThat(Sets.array(x)).isEqualTo(expected);
    }
  }

  /** Runs are cut, and what has no vector form goes by another loop. */
  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void reachesTheEndOfLongRuns(Kernels kernels) {
    int n = (1 << 18) + 5;
    float[] values = new float[n];
    values[n - 1] = 2.5f;
    for (UnaryFunction function :
        new UnaryFunction[] {new UnaryFunction.Ceil(), new UnaryFunction.Clip(3, 4)}) {
      MemorySegment x = Memory.NATIVE.of(values);
      kernels.unary(function, x, x, n);
      assertThat(Floats.get(x, n - 1)).as("%s", function).isEqualTo(3);
    }
  }

  private static void expect(
      Kernels kernels, Memory memory, UnaryFunction f, float[] pattern, float... expected) {
    // Repeated so that both whole vectors and the tail see every value.
    int n = pattern.length * 9 + 3;
    var x = new float[n];
    var wanted = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = pattern[i % pattern.length];
      wanted[i] = expected[i % pattern.length];
    }
    MemorySegment y = memory.of(n);
    kernels.unary(f, memory.of(x), y, n);
    assertThat(Sets.array(y)).as("%s of %s", f, kernels.name()).isEqualTo(wanted);
  }
}
