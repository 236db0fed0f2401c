package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryTest {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1,
    -1,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    3.5f,
    Float.MIN_VALUE
  };

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void equalsJavaArithmeticAndThePowerOfCBitForBit(Kernels kernels, Memory memory) {
    int n = SPECIAL.length * SPECIAL.length;
    var left = new float[n + 40];
    var right = new float[n + 40];
    System.arraycopy(Sets.random(40, 1), 0, left, n, 40);
    System.arraycopy(Sets.random(40, 2), 0, right, n, 40);
    for (int i = 0; i < n; i++) {
      left[i] = SPECIAL[i / SPECIAL.length];
      right[i] = SPECIAL[i % SPECIAL.length];
    }
    for (BinaryFunction f : BinaryFunction.values()) {
      check(kernels, memory, f, left, 1, right, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void broadcastsASingleValueOnEitherSide(Kernels kernels, Memory memory) {
    float[] run = new float[SPECIAL.length * 4 + 1];
    for (int i = 0; i < run.length; i++) {
      run[i] = SPECIAL[i % SPECIAL.length];
    }
    for (BinaryFunction f : BinaryFunction.values()) {
      for (float value : SPECIAL) {
        check(kernels, memory, f, new float[] {value}, 0, run, 1);
        check(kernels, memory, f, run, 1, new float[] {value}, 0);
        check(kernels, memory, f, new float[] {value}, 0, new float[] {-2}, 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void worksInPlace(Kernels kernels) {
    MemorySegment a = Memory.NATIVE.of(Sets.random(50, 1));
    float[] before = Sets.array(a);
    kernels.binary(BinaryFunction.ADD, a, 1, 1, a, 1, 1, a, 1, 48);
    assertThat(Floats.get(a, 0)).isEqualTo(before[0]);
    assertThat(Floats.get(a, 48)).isEqualTo(2 * before[48]);
    assertThat(Floats.get(a, 49)).isEqualTo(before[49]);
  }

  private static void check(
      Kernels kernels,
      Memory memory,
      BinaryFunction f,
      float[] a,
      int aStep,
      float[] b,
      int bStep) {
    int n = Math.max(a.length, b.length);
    MemorySegment y = memory.of(n + 3);
    MemorySegment left = memory.of(prefixed(a));
    MemorySegment right = memory.of(prefixed(b));
    kernels.binary(f, left, 1, aStep, right, 1, bStep, y, 2, n);
    for (int i = 0; i < n; i++) {
      float v = a[i * aStep];
      float w = b[i * bStep];
      float expected =
          switch (f) {
            case ADD -> v + w;
            case SUB -> v - w;
            case MUL -> v * w;
            case DIV -> v / w;
            case REMAINDER -> v % w;
            case MODULO -> (float) (v - Math.floor((double) v / w) * w);
            case POW -> isOneToAny(v, w) ? 1 : (float) Math.pow(v, w);
            case MAX -> Math.max(v, w);
            case MIN -> Math.min(v, w);
            case PRELU -> v < 0 ? v * w : v;
          };
      assertThat(Float.floatToIntBits(Floats.get(y, 2 + i)))
          .as("%s %s(%s, %s)", kernels.name(), f, v, w)
          .isEqualTo(Float.floatToIntBits(expected));
    }
    assertThat(Floats.get(y, n + 2)).isZero();
  }

  /** Where C's pow gives 1, and Java's NaN. */
  private static boolean isOneToAny(float base, float exponent) {
    return base == 1 || base == -1 && Float.isInfinite(exponent);
  }

  private static float[] prefixed(float[] values) {
    var result = new float[values.length + 1];
    System.arraycopy(values, 0, result, 1, values.length);
    return result;
  }
}
