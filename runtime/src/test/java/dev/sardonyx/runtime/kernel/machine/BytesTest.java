package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.QuantizedSum;
import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.kernel.QuantizedSum.Part;
import dev.sardonyx.runtime.machine.GuardedMemory;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of bytes and quantised numbers; all memory lies at a page of no access. */
class BytesTest {
  private static final int ROWS = 3;
  private static final int LONGEST = 140;
  private static final Kind[] KINDS = Kind.values();

  private static Kernels machine(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    int width = MachineKernels.width(level);
    return MachineKernels.of(level, () -> Kernels.scalar(width));
  }

  private static MemorySegment bytes(Arena arena, int count, int seed, boolean atEnd) {
    var values = new byte[count];
    new Random(seed).nextBytes(values);
    return GuardedMemory.of(arena, count, atEnd).copyFrom(MemorySegment.ofArray(values));
  }

  private interface Work {
    void run(Kernels kernels, MemorySegment x, MemorySegment y);
  }

  private static byte[] run(Kernels kernels, int x, int y, boolean atEnd, Work work) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = bytes(arena, y, y, atEnd);
      work.run(kernels, bytes(arena, x, x + 1, atEnd), to);
      return to.toArray(JAVA_BYTE);
    }
  }

  private static void requireSame(Kernels machine, int x, int y, Work work) {
    byte[] wanted = run(Kernels.scalar(), x, y, true, work);
    for (boolean atEnd : new boolean[] {false, true}) {
      assertThat(run(machine, x, y, atEnd, work)).as("%d, %d", x, y).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void rowsOfAnyLengthAreCopiedAndNothingElse(Processor.Level level) {
    Kernels machine = machine(level);
    for (int count = 1; count < LONGEST; count++) {
      for (int gap = 0; gap < 3; gap += 2) {
        int n = count;
        int xPitch = n + gap;
        int yPitch = n + 2 * gap;
        int x = (ROWS - 1) * xPitch + n;
        int y = (ROWS - 1) * yPitch + n;
        requireSame(
            machine,
            x,
            y,
            (set, from, to) -> set.copyBytes(from, 0, xPitch, to, 0, yPitch, ROWS, n, 0x80));
        for (boolean signed : new boolean[] {false, true}) {
          requireSame(
              machine,
              x,
              y,
              (set, from, to) -> set.maxBytes(from, 0, xPitch, to, 0, yPitch, ROWS, n, signed));
        }
      }
    }
  }

  /** Bytes as all kinds of numbers, also such floats as no tensor has by intent. */
  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void sumsOfAnyKindsAndLengthsHaveTheBitsOfPlainLoops(Processor.Level level) {
    Kernels machine = machine(level);
    for (int count = 1; count < 40; count++) {
      int n = count;
      for (Kind a : KINDS) {
        for (Kind y : KINDS) {
          requireSame(
              machine, n * a.bytes(), n * y.bytes(), (set, x, to) -> sum(set, x, a, to, y, n));
        }
      }
    }
  }

  private static void sum(
      Kernels kernels, MemorySegment x, Kind a, MemorySegment to, Kind y, int n) {
    for (int i = 0; a == Kind.FLOAT32 && i < n; i++) { // not only huge and tiny ones
      if (i % 4 != 3) {
        x.setAtIndex(JAVA_FLOAT_UNALIGNED, i, (i - 7) * 3.25f);
      }
    }
    kernels.quantize(
        new QuantizedSum(new Part(x, a, 0.3f, 5), null, new Part(to, y, 0.7f, 9)), 0, n);
  }
}
