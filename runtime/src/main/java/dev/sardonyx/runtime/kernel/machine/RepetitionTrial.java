package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.machine.Recording;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Tries the loop that makes recorded calls again: matrices are copied as panels, twice. */
final class RepetitionTrial implements Family {
  /** Rows of a copy by variant. */
  private static final int[] ROWS = {3, 1, 17};

  private static final int COPIES = 3;

  private final ProductKernels kernels;

  RepetitionTrial(ProductKernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return "recorded calls";
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public boolean has(int number) {
    return true;
  }

  @Override
  public String name(int number) {
    return name();
  }

  @Override
  public int variants() {
    return ROWS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    int width = kernels.panelWidth();
    int n = ROWS[variant] * width;
    float[] numbers = TrialMemory.numbers(COPIES * n, 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = memory.of(arena, numbers);
      MemorySegment to = memory.of(arena, (long) COPIES * n * Float.BYTES);
      kernels.packPanels(from, 0, 1, width, width, 1, to, 0); // its trial is not to be recorded
      var recording = new Recording();
      kernels.library.calling().record(recording);
      try {
        for (int i = 0; i < COPIES; i++) {
          long at = (long) i * n;
          kernels.packPanels(from, at, ROWS[variant], width, width, 1, to, at);
        }
      } finally {
        kernels.library.calling().record(null);
      }
      to.fill((byte) 0);
      if (recording.isWhole()) { // else the code that copies did not pass its trial
        var list = recording.list();
        for (int i = 0; i < list.parts(); i++) {
          list.call(i, kernels.library.calling(), kernels.loop());
        }
        return Arrays.equals(numbers, to.toArray(JAVA_FLOAT_UNALIGNED));
      }
      return false;
    }
  }
}
