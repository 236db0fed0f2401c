package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.GuardedMemory;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks of attention have the bits of plain loops; all memory lies at a page of no access. */
class KeyMasksTest {
  private static final int ROWS = 5;
  private static final float NONE = Float.NEGATIVE_INFINITY;

  private static Kernels machine(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    int width = MachineKernels.width(level);
    return MachineKernels.of(level, () -> Kernels.scalar(width));
  }

  /** Which keys rows see. */
  private record Bounds(int from, int fromStep, int to, int toStep, int most) {}

  /** The scores, and behind them whether rows are blind. */
  private static float[] run(
      Kernels kernels, float[] scores, Object mask, int pitch, Bounds bounds, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      int n = scores.length / ROWS;
      MemorySegment x = Guarded.of(arena, scores, atEnd);
      MemorySegment flags = Guarded.of(arena, 2 * ROWS, atEnd);
      kernels.maskKeys(
          x,
          ROWS,
          n,
          0.25f,
          memory(arena, mask, atEnd),
          mask instanceof byte[],
          0,
          pitch,
          bounds.from,
          bounds.fromStep,
          bounds.to,
          bounds.toStep,
          bounds.most,
          flags);
      var found = new float[scores.length + ROWS];
      MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, 0, found, 0, scores.length);
      for (int row = 0; row < ROWS; row++) {
        found[scores.length + row] = flags.getAtIndex(JAVA_LONG_UNALIGNED, row);
      }
      return found;
    }
  }

  private static float[] random(int n, int seed, float special) {
    var random = new Random(seed);
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(4) == 0 ? special : (float) random.nextGaussian();
    }
    return values;
  }

  /** Nothing for a mask of no floats. */
  private static @Nullable MemorySegment memory(Arena arena, Object mask, boolean atEnd) {
    if (mask instanceof byte[] bytes) {
      MemorySegment to = GuardedMemory.of(arena, bytes.length, atEnd);
      return to.copyFrom(MemorySegment.ofArray(bytes));
    }
    float[] floats = (float[]) mask;
    return floats.length == 0 ? null : Guarded.of(arena, floats, atEnd);
  }

  private static byte[] truths(int n, int seed) {
    var values = new byte[n];
    new Random(seed).nextBytes(values);
    for (int i = 0; i < n; i++) {
      values[i] = i % 3 == 0 ? values[i] : 0;
    }
    return values;
  }

  private static void requireSame(
      Kernels machine, float[] scores, Object mask, int pitch, Bounds bounds, boolean atEnd) {
    float[] wanted = run(Kernels.scalar(), scores, mask, pitch, bounds, true);
    float[] found = run(machine, scores, mask, pitch, bounds, atEnd);
    assertThat(found).as("%s, pitch %s", bounds, pitch).isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void whatIsSeenIsTheSameForAllBoundsAndTails(Processor.Level level) {
    Kernels machine = machine(level);
    for (int n = 1; n < 300; n += n < 70 ? 1 : 37) {
      for (int most : new int[] {0, 1, n / 2, n}) {
        for (int step = 0; step < 2; step++) {
          var bounds = new Bounds(n / 3 - 2, step, n / 2 - 1, 1 - step, most);
          var open = new Bounds(-1 << 30, 0, 1 << 30, 1, most);
          float[] scores = random(ROWS * n, n, n % 3 == 0 ? Float.NaN : NONE);
          for (boolean atEnd : new boolean[] {false, true}) {
            requireSame(machine, scores, new float[0], 0, bounds, atEnd);
            requireSame(machine, scores, new float[0], 0, open, atEnd);
            requireSame(machine, scores, random((ROWS - 1) * n + most, n, NONE), n, open, atEnd);
            requireSame(machine, scores, random(Math.max(1, most), n, NONE), 0, bounds, atEnd);
            requireSame(machine, scores, truths((ROWS - 1) * n + most, n), n, open, atEnd);
            requireSame(machine, scores, truths(Math.max(1, most), n), 0, bounds, atEnd);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void aRowWhoseMaskHidesAllIsBlindWhateverItsScores(Processor.Level level) {
    Kernels machine = machine(level);
    float[] scores = {Float.POSITIVE_INFINITY, 1, Float.NaN, 2, 3};
    float[] mask = {NONE, 0, NONE, NONE, Float.NaN};
    var bounds = new Bounds(0, 0, 1, 0, 1);
    float[] found = run(machine, scores, mask, 1, bounds, true);
    assertThat(found).endsWith(1, 0, 1, 1, 0);
    requireSame(machine, scores, mask, 1, bounds, true);
  }

  @ParameterizedTest
  @EnumSource(Processor.Level.class)
  void onlyBlindRowsBecomeZeros(Processor.Level level) {
    Kernels machine = machine(level);
    for (int n = 1; n < 300; n += n < 70 ? 1 : 37) {
      try (Arena arena = Arena.ofConfined()) {
        float[] values = random(3 * n, n, Float.NaN);
        MemorySegment x = Guarded.of(arena, values, n % 2 == 0);
        MemorySegment flags = Guarded.of(arena, 6, n % 2 == 1);
        flags.setAtIndex(JAVA_LONG_UNALIGNED, 0, 0);
        flags.setAtIndex(JAVA_LONG_UNALIGNED, 1, 1);
        flags.setAtIndex(JAVA_LONG_UNALIGNED, 2, 0);
        machine.clearRows(flags, x, 3, n);
        Arrays.fill(values, n, 2 * n, 0f);
        assertThat(x.toArray(JAVA_FLOAT_UNALIGNED)).isEqualTo(values);
      }
    }
  }
}
