package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All memory lies before or behind a page that must not be touched. */
@ParameterizedClass
@EnumSource(Processor.Level.class)
class RowsTest {
  /** More than twice what a walk meets at once. */
  private static final int LONGEST = 150;

  private static final double TOLERANCE = 2e-6;

  private final Kernels scalar;
  private final Kernels machine;

  RowsTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    scalar = Kernels.scalar(MachineKernels.width(level));
    machine = MachineKernels.of(level, () -> scalar);
  }

  private static float[] random(int n, int seed) {
    var random = new Random(seed);
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian() + 1;
    }
    return values;
  }

  /** What a kernel makes of x, with memory for y of another size. */
  private interface Kernel {
    void run(Kernels kernels, UnaryOperator<MemorySegment> guard, MemorySegment x, MemorySegment y);
  }

  private static float[] run(Kernels kernels, Kernel kernel, float[] x, int size, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = Guarded.of(arena, size, atEnd);
      UnaryOperator<MemorySegment> guard =
          plain -> Guarded.of(arena, plain.toArray(JAVA_FLOAT_UNALIGNED), atEnd);
      kernel.run(kernels, guard, Guarded.of(arena, x, atEnd), y);
      return y.toArray(JAVA_FLOAT_UNALIGNED);
    }
  }

  private void requireSame(String what, Kernel kernel, float[] x, int size, boolean atEnd) {
    float[] wanted = run(scalar, kernel, x, size, true);
    float[] found = run(machine, kernel, x, size, atEnd);
    for (int i = 0; i < size; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(wanted[i]));
      boolean same =
          Math.abs((double) found[i] - wanted[i]) <= allowed
              || Float.compare(found[i], wanted[i]) == 0;
      assertThat(same).as("%s [%s]: %s, not %s", what, i, found[i], wanted[i]).isTrue();
    }
  }

  @Test
  void softmaxAgreesAlongRowsAndAcrossColumns() {
    for (int n = 1; n < LONGEST; n++) {
      for (int inner : n < 20 ? new int[] {1, 2, 15, 16, 17, 40} : new int[] {1, 3}) {
        for (boolean logarithm : new boolean[] {false, true}) {
          int length = n;
          float[] x = random(3 * n * inner, n);
          x[0] = n % 7 == 0 ? Float.NEGATIVE_INFINITY : x[0];
          requireSame(
              "softmax of " + n + " x " + inner,
              (kernels, _, from, to) -> kernels.softmax(from, to, 3, length, inner, logarithm),
              x,
              x.length,
              n % 2 == 0);
        }
      }
    }
  }

  @Test
  void aSliceWithoutAMaximumBecomesNaN() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      for (int inner : new int[] {1, 5}) {
        for (int at = 0; at < 40; at++) {
          float[] x = random(40 * inner, at);
          x[at * inner] = value;
          float[] y =
              run(
                  machine,
                  (kernels, _, from, to) -> kernels.softmax(from, to, 1, 40, inner, false),
                  x,
                  x.length,
                  true);
          for (int i = 0; i < 40; i++) {
            assertThat(y[i * inner]).isNaN();
            assertThat(Float.isNaN(y[i * inner + inner - 1])).isEqualTo(inner == 1);
          }
        }
      }
    }
  }

  @Test
  void reductionsAgree() {
    for (RowReduction function : RowReduction.values()) {
      for (int n = 1; n < LONGEST; n++) {
        int columns = n;
        requireSame(
            function + " of " + n,
            (kernels, _, x, y) -> kernels.reduceRows(function, x, y, 3, columns),
            random(3 * n, n),
            3,
            n % 2 == 0);
      }
      requireSame(
          function + " of many",
          (kernels, _, x, y) -> kernels.reduceRows(function, x, y, 2, 5000),
          random(10_000, 1),
          2,
          true);
    }
  }

  @Test
  void extremesKnowNaNAndTheSignsOfZeros() {
    float[] zeros = new float[33];
    for (int i = 0; i < 33; i++) {
      for (float other : new float[] {-0f, Float.NaN, Float.NEGATIVE_INFINITY}) {
        float[] x = zeros.clone();
        x[i] = other;
        for (RowReduction function : new RowReduction[] {RowReduction.MAX, RowReduction.MIN}) {
          Kernel kernel = (kernels, _, from, to) -> kernels.reduceRows(function, from, to, 1, 33);
          float found = run(machine, kernel, x, 1, true)[0];
          float wanted = run(scalar, kernel, x, 1, true)[0];
          assertThat(Float.compare(found, wanted)).as("%s, %s", function, other).isZero();
        }
      }
    }
  }

  @Test
  void normalizationsAgree() {
    for (int n = 1; n < LONGEST; n++) {
      int columns = n;
      for (int kind = 0; kind < 8; kind++) {
        int given = kind;
        requireSame(
            "normalization " + kind + " of " + n,
            (kernels, guard, x, y) ->
                kernels.normalizeRows(
                    (given & 1) != 0,
                    0.01f,
                    x,
                    (given & 2) == 0 ? null : guard.apply(x.asSlice(0, 4L * columns)),
                    (given & 4) == 0 ? null : guard.apply(x.asSlice(4L * columns, 4L * columns)),
                    y,
                    3,
                    columns),
            random(3 * n, n),
            3 * n,
            n % 2 == 0);
      }
    }
  }

  @Test
  void cellsAgreeAndLeaveTheirRowOfYAlone() {
    for (int size = 1; size < 100; size++) {
      for (boolean lstm : new boolean[] {true, false}) {
        int gates = lstm ? 4 : 3;
        int pitch = Math.ceilDiv(size, machine.panelWidth()) * machine.panelWidth();
        int elements = size;
        requireSame(
            (lstm ? "LSTM of " : "GRU of ") + size,
            (kernels, guard, x, y) -> {
              MemorySegment states = guard.apply(x.asSlice(0, 8L * pitch));
              var cell =
                  new GatedCell(
                      elements,
                      pitch,
                      guard.apply(x.asSlice(0, 8L * gates * pitch)),
                      guard.apply(x.asSlice(16, 8L * gates * pitch)),
                      states,
                      guard.apply(states),
                      y);
              if (lstm) {
                kernels.lstm(cell, 1, 1, 1);
              } else {
                kernels.gru(cell, 1, 1, 1);
              }
            },
            random(9 * pitch, size),
            2 * size,
            size % 2 == 0);
      }
    }
  }
}
