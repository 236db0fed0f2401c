package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.RowCopies;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The block of rows of a thread, in off-heap memory; rows are {@link #PITCH} floats apart. */
final class RowTarget implements RowCopies.Target {
  /** Elements of k at most that lie in a row. */
  static final int MOST_DEPTH = 320;

  /** From a row to the next: not a power of two, or rows would share the sets of a cache. */
  static final int PITCH = MOST_DEPTH + 16;

  private final CodeLibrary library;
  private final VectorLevel vectors;
  private final CodeTable codes;
  private final MemorySegment zeros = Arena.ofAuto().allocate(MOST_DEPTH * Float.BYTES);

  RowTarget(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.vectors = vectors;
    this.codes =
        library.table(1, _ -> MachineCode.install("copy of rows", RowCopyCode.write(vectors)));
  }

  /** Memory for so many rows. */
  MemorySegment rows(HotArrays arrays, int count) {
    return arrays.memory(HotArrays.Slot.ROWS, (long) count * PITCH * Float.BYTES);
  }

  @Override
  public void copyRun(int n, MemorySegment x, long from, HotArrays arrays, int to) {
    copyRuns(1, n, x, from, 0, arrays, to);
  }

  @Override
  public void copyRuns(
      int rows, int n, MemorySegment x, long from, long step, HotArrays arrays, int to) {
    if (n == 0 || rows == 0) { // it may begin in the padding
      return;
    }
    Arguments arguments =
        library
            .arguments()
            .reads(x, from * Float.BYTES, ((rows - 1) * step + n) * Float.BYTES)
            .number(step * Float.BYTES)
            .writes(
                arrays.memory(HotArrays.Slot.ROWS, 0),
                (long) to * Float.BYTES,
                ((rows - 1L) * PITCH + n) * Float.BYTES)
            .number((long) PITCH * Float.BYTES)
            .number(rows)
            .number(n / vectors.lanes());
    vectors.giveLanes(arguments, n % vectors.lanes());
    arguments.call(codes.get(0));
  }

  @Override
  public void clearRun(int n, HotArrays arrays, int to) {
    copyRuns(1, n, zeros, 0, 0, arrays, to);
  }
}
