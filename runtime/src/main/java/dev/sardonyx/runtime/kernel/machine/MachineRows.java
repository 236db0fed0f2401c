package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/** What is done of rows. */
final class MachineRows {
  /** Elements of a call: less than a millisecond of any function. */
  private static final long MOST = 1 << 18;

  /** Longer rows are left to others, which can be ended within them. */
  private static final long LONGEST = 1 << 20;

  private static final int LANES = 16;

  private final CodeLibrary library;
  private final CodeTable softmax;

  MachineRows(CodeLibrary library) {
    this.library = library;
    softmax =
        library.table(
            4,
            number ->
                MachineCode.install(
                    "softmax " + number,
                    SoftmaxCode.write((number & 1) != 0, (number & 2) != 0)));
  }

  static boolean takes(long columns) {
    return columns > 0 && columns <= LONGEST;
  }

  /** Softmax, or its logarithm, over the middle axis. */
  void softmax(
      MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    MachineCode code = softmax.get((inner > 1 ? 1 : 0) + (logarithm ? 2 : 0));
    if (inner == 1) {
      long most = Math.max(1, MOST / n);
      for (long row = 0; row < outer; row += most) {
        Cancellation.poll();
        long rows = Math.min(most, outer - row);
        begin(rows, n, x, y, row * n, rows * n).call(code);
      }
    } else {
      long most = Math.max(1, MOST / n / LANES);
      long groups = Math.ceilDiv(inner, LANES);
      for (long o = 0; o < outer; o++) {
        for (long group = 0; group < groups; group += most) {
          Cancellation.poll();
          columns(code, x, y, o * n * inner, n, inner, group, Math.min(most, groups - group));
        }
      }
    }
  }

  private Arguments begin(
      long rows, long n, MemorySegment x, MemorySegment y, long from, long elements) {
    long offset = from * Float.BYTES;
    long bytes = elements * Float.BYTES;
    return library
        .arguments()
        .number(rows)
        .number(n)
        .reads(x, offset, bytes)
        .writes(y, offset, bytes);
  }

  private void columns(
      MachineCode code,
      MemorySegment x,
      MemorySegment y,
      long from,
      int n,
      long inner,
      long group,
      long groups) {
    long first = group * LANES;
    long columns = Math.min(groups * LANES, inner - first);
    long last = columns - (groups - 1) * LANES;
    begin(groups, n, x, y, from + first, (n - 1) * inner + columns)
        .number(inner * Float.BYTES)
        .number((1L << last) - 1)
        .call(code);
  }
}
