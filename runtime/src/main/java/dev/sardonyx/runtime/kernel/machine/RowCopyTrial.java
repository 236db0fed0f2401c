package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.HotArrays;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tries the copying of rows to where tiles read them. */
final class RowCopyTrial implements Family {
  private static final int[] LENGTHS = {19, 1, 7, 8, 15, 16, 33, 100, RowTarget.MOST_DEPTH};
  private static final int ROWS = 3;
  private static final int TO = 5;
  private static final float BESIDE = 12345;

  private final RowTarget target;
  private final HotArrays arrays = new HotArrays();

  RowCopyTrial(RowTarget target) {
    this.target = target;
  }

  @Override
  public String name() {
    return "copies of rows";
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
    return "a copy of rows";
  }

  @Override
  public int variants() {
    return LENGTHS.length;
  }

  @Override
  public boolean agrees(int number, TrialMemory memory, int variant) {
    int n = LENGTHS[variant];
    int step = n + variant;
    try (Arena arena = Arena.ofConfined()) {
      float[] values = TrialMemory.numbers((ROWS - 1) * step + n, variant + 1);
      MemorySegment x = memory.of(arena, values);
      MemorySegment rows = target.rows(arrays, ROWS + 1);
      for (int i = 0; i < (ROWS + 1) * RowTarget.PITCH; i++) {
        Floats.set(rows, i, BESIDE);
      }
      target.copyRuns(ROWS, n, x, 0, step, arrays, TO);
      boolean agrees = true;
      for (int i = 0; i < (ROWS + 1) * RowTarget.PITCH; i++) {
        int row = Math.floorDiv(i - TO, RowTarget.PITCH);
        int column = Math.floorMod(i - TO, RowTarget.PITCH);
        boolean copied = row >= 0 && row < ROWS && column < n;
        agrees &= Floats.get(rows, i) == (copied ? values[row * step + column] : BESIDE);
      }
      return agrees;
    }
  }
}
