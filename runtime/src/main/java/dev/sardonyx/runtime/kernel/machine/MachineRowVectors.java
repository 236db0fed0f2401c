package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;

/** Products of vectors and matrices that are read as they lie. */
final class MachineRowVectors {
  /** Elements of a call: read from memory in less than a millisecond. */
  private static final int MOST_ELEMENTS = 1 << 22;

  static final int DOTS = 0;
  static final int SUMS = 1;

  /** How many pieces of code there are. */
  static final int COUNT = 2;

  private final CodeLibrary library;
  private final CodeTable codes;

  MachineRowVectors(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.codes =
        library.table(
            COUNT,
            number ->
                number == DOTS
                    ? MachineCode.install("dots of rows", RowVectorCode.dots(vectors))
                    : MachineCode.install("sums of rows", RowVectorCode.sums(vectors)));
  }

  /** Whether memory is off the heap, and a matrix fits a call. */
  static boolean takes(MemorySegment x, MemorySegment a, MemorySegment y, int rows, int columns) {
    long elements = (long) rows * columns;
    return elements > 0
        && elements <= MOST_ELEMENTS
        && x.isNative()
        && a.isNative()
        && y.isNative();
  }

  /** As {@code Kernels.dotRows} or {@code sumRows}, by number. */
  void compute(
      int number,
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    int most = Math.max(1, MOST_ELEMENTS / (rows * columns));
    int factors = number == DOTS ? columns : rows;
    int results = number == DOTS ? rows : columns;
    for (int first = 0; first < count; first += most) {
      Cancellation.poll();
      int some = Math.min(most, count - first);
      long matrix = (some - 1) * aStep + (rows - 1) * pitch + columns;
      library
          .arguments()
          .number(some)
          .reads(x, bytes(xOffset + first * xStep), bytes((some - 1) * xStep + factors))
          .number(bytes(xStep))
          .reads(a, bytes(aOffset + first * aStep), bytes(matrix))
          .number(bytes(aStep))
          .number(bytes(pitch))
          .number(rows)
          .number(columns)
          .writes(y, bytes(yOffset + first * yStep), bytes((some - 1) * yStep + results))
          .number(bytes(yStep))
          .call(codes.get(number));
    }
  }

  private static long bytes(long floats) {
    return floats * Float.BYTES;
  }
}
