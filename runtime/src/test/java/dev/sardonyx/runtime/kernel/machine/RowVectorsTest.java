package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors and matrices that are read as they lie; all memory lies at a page of no access. */
class RowVectorsTest {
  private static final int COUNT = 3;
  private static final int GAP = 5;

  private static Kernels machine(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    int width = MachineKernels.width(level);
    return MachineKernels.of(level, () -> Kernels.scalar(width));
  }

  private static float[] random(int n, int seed) {
    var random = new Random(seed);
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Matrices with a gap between rows, and a y with gaps, which nobody writes. */
  private static float[] run(
      Kernels kernels, boolean dots, int rows, int columns, int matrixStep, boolean atEnd) {
    int pitch = columns + GAP;
    int factors = dots ? columns : rows;
    int results = dots ? rows : columns;
    float[] a = random((COUNT - 1) * matrixStep + (rows - 1) * pitch + columns, rows + columns);
    float[] x = random(COUNT * factors, rows);
    float[] y = new float[(COUNT - 1) * (results + GAP) + results];
    Arrays.fill(y, 7);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = Guarded.of(arena, y, atEnd);
      MemorySegment from = Guarded.of(arena, x, atEnd);
      MemorySegment matrix = Guarded.of(arena, a, atEnd);
      int yStep = results + GAP;
      if (dots) {
        kernels.dotRows(
            from, 0, factors, matrix, 0, matrixStep, pitch, rows, columns, to, 0, yStep, COUNT);
      } else {
        kernels.sumRows(
            from, 0, factors, matrix, 0, matrixStep, pitch, rows, columns, to, 0, yStep, COUNT);
      }
      return to.toArray(JAVA_FLOAT_UNALIGNED);
    }
  }

  private static void requireSame(Kernels machine, boolean dots, int rows, int columns) {
    for (int step : new int[] {0, rows * (columns + GAP)}) {
      float[] wanted = run(Kernels.scalar(), dots, rows, columns, step, true);
      for (boolean atEnd : new boolean[] {false, true}) {
        float[] found = run(machine, dots, rows, columns, step, atEnd);
        for (int i = 0; i < wanted.length; i++) {
          assertThat(found[i])
              .as("dots %s, %s x %s, element %s", dots, rows, columns, i)
              .isCloseTo(wanted[i], within(1e-5f * (1 + Math.abs(wanted[i]))));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void allRowsAndColumnsAgree(Processor.Level level) {
    Kernels machine = machine(level);
    for (int rows : new int[] {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 50}) {
      for (int columns = 1; columns < 140; columns += columns < 66 ? 1 : 9) {
        requireSame(machine, true, rows, columns);
        requireSame(machine, false, rows, columns);
      }
    }
    requireSame(machine, true, 5, 300);
    requireSame(machine, false, 5, 300);
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void aDotHasTheSameBitsHoweverManyRowsThereAre(Processor.Level level) {
    Kernels machine = machine(level);
    int columns = 77;
    float[] a = random(40 * columns, 1);
    float[] x = random(columns, 2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment matrix = Guarded.of(arena, a, true);
      MemorySegment from = Guarded.of(arena, x, true);
      MemorySegment whole = Guarded.of(arena, 40, true);
      MemorySegment part = Guarded.of(arena, 40, true);
      machine.dotRows(from, 0, 0, matrix, 0, 0, columns, 40, columns, whole, 0, 0, 1);
      for (int cut : new int[] {1, 7, 16, 23}) {
        machine.dotRows(from, 0, 0, matrix, 0, 0, columns, cut, columns, part, 0, 0, 1);
        machine.dotRows(
            from,
            0,
            0,
            matrix,
            (long) cut * columns,
            0,
            columns,
            40 - cut,
            columns,
            part,
            cut,
            0,
            1);
        assertThat(part.toArray(JAVA_FLOAT_UNALIGNED))
            .isEqualTo(whole.toArray(JAVA_FLOAT_UNALIGNED));
      }
    }
  }
}
