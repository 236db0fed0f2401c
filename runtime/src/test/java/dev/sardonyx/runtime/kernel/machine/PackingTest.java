package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Panels are those of the plain loops, and nothing beside operands and panels is touched. */
class PackingTest {
  private static final int[] DEPTHS = {1, 15, 16, 17, 40};

  @BeforeEach
  void isFor64BitProcessorsOnLinux() {
    assumeTrue(Processor.current().unavailable().isEmpty(), "no machine code here");
  }

  private static Kernels machine(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    int width = MachineKernels.width(level);
    return MachineKernels.of(level, () -> Kernels.scalar(width));
  }

  private interface Packing {
    void pack(Kernels kernels, MemorySegment from, MemorySegment panels);
  }

  private static void agrees(Kernels machine, int elements, int k, int n, Packing packing) {
    float[] values = new float[elements];
    var random = new Random(31L * k + n);
    IntStream.range(0, elements).forEach(i -> values[i] = (float) random.nextGaussian());
    int size = (int) machine.panelElements(k, n);
    MemorySegment expected = MemorySegment.ofArray(new float[size]);
    packing.pack(Kernels.scalar(machine.panelWidth()), MemorySegment.ofArray(values), expected);
    for (boolean atEnd : new boolean[] {false, true}) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment panels = Guarded.of(arena, size, atEnd);
        for (int i = 0; i < size; i++) { // what is to become zero is not
          panels.setAtIndex(JAVA_FLOAT_UNALIGNED, i, 7);
        }
        packing.pack(machine, Guarded.of(arena, values, atEnd), panels);
        assertThat(panels.mismatch(expected)).as("k %d, n %d, %s", k, n, atEnd).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void ofRowsColumnsAndAnyStrides(Processor.Level level) {
    Kernels machine = machine(level);
    for (int k : DEPTHS) {
      for (int n = 1; n <= 2 * machine.panelWidth() + 1; n++) {
        int depth = k;
        int columns = n;
        agrees(
            machine,
            k * n,
            k,
            n,
            (set, b, to) -> set.packPanels(b, 0, depth, columns, columns, 1, to, 0));
        agrees(
            machine,
            k * n,
            k,
            n,
            (set, b, to) -> set.packPanels(b, 0, depth, columns, 1, depth, to, 0));
        int last = 3 + (k - 1) * 2 + (n - 1) * (2 * k + 1);
        agrees(
            machine,
            last + 1,
            k,
            n,
            (set, b, to) -> set.packPanels(b, 3, depth, columns, 2, 2L * depth + 1, to, 0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void ofFiltersInAnyOrder(Processor.Level level) {
    Kernels machine = machine(level);
    for (int k : DEPTHS) {
      for (int n = 1; n <= 2 * machine.panelWidth() + 1; n += 3) {
        int depth = k;
        long[] rows = IntStream.range(0, k).mapToLong(i -> (i * 7L + 3) % depth).toArray();
        long[] columns = IntStream.range(0, n).mapToLong(j -> (long) j * depth).toArray();
        agrees(
            machine, 2 + k * n, k, n, (set, w, to) -> set.packFilter(w, 2, rows, columns, to, 0));
      }
    }
  }
}
