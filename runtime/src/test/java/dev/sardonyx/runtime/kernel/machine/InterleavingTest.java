package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.GuardedMemory;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Planes of bytes that become one; all memory lies at a page of no access. */
class InterleavingTest {
  private static final int LONG = 600_001;

  private final Kernels scalar = Kernels.scalar();

  private byte[] run(Kernels kernels, int planes, int count, int gap, boolean atEnd) {
    byte[] values = new byte[(planes - 1) * (count + gap) + count + gap];
    new Random(count).nextBytes(values);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = GuardedMemory.of(arena, values.length, atEnd);
      MemorySegment.copy(values, 0, x, JAVA_BYTE, 0, values.length);
      MemorySegment y = GuardedMemory.of(arena, (long) count * planes + gap, atEnd);
      y.fill((byte) 7); // a gap that nobody writes
      kernels.interleaveBytes(x, gap, count + gap, planes, y, atEnd ? gap : 0, count);
      return y.toArray(JAVA_BYTE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyTailIsAsPlainLoopsHaveItAndNothingElseIsTouched(int planes) {
    for (Processor.Level level : Processor.Level.values()) {
      assumeTrue(Processor.current().has(level), level + " is not there");
      int width = MachineKernels.width(level);
      everyTail(MachineKernels.of(level, () -> Kernels.scalar(width)), planes);
    }
  }

  private void everyTail(Kernels machine, int planes) {
    IntStream counts = IntStream.concat(IntStream.range(0, 70), IntStream.of(LONG));
    for (int count : counts.toArray()) {
      for (int gap : new int[] {0, 1, 13}) {
        for (boolean atEnd : new boolean[] {false, true}) {
          assertThat(run(machine, planes, count, gap, atEnd))
              .as("%d bytes, a gap of %d", count, gap)
              .isEqualTo(run(scalar, planes, count, gap, atEnd));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void plainLoopsTakeABytePerPlaneInTurn(int planes) {
    byte[] values = new byte[planes * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    MemorySegment y = MemorySegment.ofArray(new byte[values.length]);
    scalar.interleaveBytes(MemorySegment.ofArray(values), 0, 5, planes, y, 0, 5);
    for (int i = 0; i < values.length; i++) {
      assertThat(y.get(JAVA_BYTE, i)).isEqualTo((byte) (i % planes * 5 + i / planes));
    }
  }
}
