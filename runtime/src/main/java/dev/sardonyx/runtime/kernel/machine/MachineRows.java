package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.RowReduction;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What is done of rows. */
final class MachineRows {
  /** Elements of a call: less than a millisecond of any function. */
  private static final long MOST = 1 << 18;

  /** Longer rows are left to others, which can be ended within them. */
  private static final long LONGEST = 1 << 20;

  static final int CENTRED = 1;
  static final int SCALED = 2;
  static final int SHIFTED = 4;

  private final CodeLibrary library;
  private final int lanes;
  private final CodeTable softmax;
  private final CodeTable reductions;
  private final CodeTable normalizations;

  MachineRows(CodeLibrary library, VectorLevel level) {
    this.library = library;
    this.lanes = level.lanes();
    softmax =
        library.table(
            4,
            number ->
                MachineCode.install(
                    "softmax " + number,
                    SoftmaxCode.write(level, (number & 1) != 0, (number & 2) != 0)));
    reductions =
        library.table(
            RowReduction.values().length,
            number -> {
              RowReduction function = RowReduction.values()[number];
              return MachineCode.install("rows " + function, ReductionCode.write(level, function));
            });
    normalizations =
        library.table(
            8,
            number ->
                MachineCode.install(
                    "normalization " + number,
                    NormalizationCode.write(
                        level,
                        (number & CENTRED) != 0,
                        (number & SCALED) != 0,
                        (number & SHIFTED) != 0)));
  }

  static boolean takes(long columns) {
    return columns > 0 && columns <= LONGEST;
  }

  /** The number of the code for a softmax, or its logarithm. */
  static int softmaxNumber(long inner, boolean logarithm) {
    return (inner > 1 ? 1 : 0) + (logarithm ? 2 : 0);
  }

  /** The number of the code for a normalization. */
  static int normalization(
      boolean centred, @Nullable MemorySegment scale, @Nullable MemorySegment shift) {
    return (centred ? CENTRED : 0) + (scale == null ? 0 : SCALED) + (shift == null ? 0 : SHIFTED);
  }

  /** Softmax, or its logarithm, over the middle axis. */
  void softmax(MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm) {
    MachineCode code = softmax.get(softmaxNumber(inner, logarithm));
    if (inner == 1) {
      long most = Math.max(1, MOST / n);
      for (long row = 0; row < outer; row += most) {
        Cancellation.poll();
        long rows = Math.min(most, outer - row);
        begin(rows, n, x, y, row * n, rows * n).call(code);
      }
    } else {
      long most = Math.max(1, MOST / n / lanes);
      long groups = Math.ceilDiv(inner, lanes);
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
    long first = group * lanes;
    long columns = Math.min(groups * lanes, inner - first);
    long last = columns - (groups - 1) * lanes;
    begin(groups, n, x, y, from + first, (n - 1) * inner + columns)
        .number(inner * Float.BYTES)
        .number(last)
        .call(code);
  }

  /** A number for each row. */
  void reduce(RowReduction function, MemorySegment x, MemorySegment y, long rows, long n) {
    MachineCode code = reductions.get(function.ordinal());
    long most = Math.max(1, MOST / n);
    for (long row = 0; row < rows; row += most) {
      Cancellation.poll();
      long run = Math.min(most, rows - row);
      library
          .arguments()
          .number(run)
          .number(n)
          .reads(x, row * n * Float.BYTES, run * n * Float.BYTES)
          .writes(y, row * Float.BYTES, run * Float.BYTES)
          .number(Double.doubleToRawLongBits(n))
          .call(code);
    }
  }

  /** Rows brought to mean 0 and variance 1. */
  void normalize(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long rows,
      long n) {
    MachineCode code = normalizations.get(normalization(centred, scale, shift));
    long most = Math.max(1, MOST / n);
    for (long row = 0; row < rows; row += most) {
      Cancellation.poll();
      long run = Math.min(most, rows - row);
      Arguments arguments = begin(run, n, x, y, row * n, run * n);
      column(arguments, scale, n);
      column(arguments, shift, n);
      arguments
          .number(Double.doubleToRawLongBits(n))
          .number(Double.doubleToRawLongBits(epsilon))
          .number(Double.doubleToRawLongBits(1))
          .call(code);
    }
  }

  private static void column(Arguments arguments, @Nullable MemorySegment segment, long n) {
    if (segment == null) {
      arguments.nothing();
    } else {
      arguments.reads(segment, 0, n * Float.BYTES);
    }
  }
}
