package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Packs right operands of products. */
final class MachinePacking {
  /** Elements of a call: well below a millisecond. */
  private static final int MOST = 1 << 16;

  private static final int BY_PITCH = 0;
  private static final int ANYWHERE = 1;
  private static final int TURN = 2;
  private static final int COPY = 3;

  private final CodeLibrary library;
  private final VectorLevel vectors;
  private final CodeTable codes;
  private final int width;
  private final ThreadLocal<MemorySegment> columnOffsets;

  MachinePacking(CodeLibrary library, VectorLevel vectors) {
    this.library = library;
    this.vectors = vectors;
    this.width = vectors.panelWidth();
    this.codes = library.table(4, this::code);
    this.columnOffsets = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(JAVA_LONG, width));
  }

  private MachineCode code(int number) {
    return switch (number) {
      case TURN -> MachineCode.install("packing of columns", TurnCode.write(vectors));
      case COPY -> MachineCode.install("packing of rows", RowCopyCode.write(vectors));
      default ->
          MachineCode.install(
              "packing of elements", PackingCode.write(vectors, number == ANYWHERE));
    };
  }

  /** Whether memory is off the heap, and strides go forward. */
  static boolean takes(MemorySegment b, long rowStride, long columnStride, MemorySegment panels) {
    return b.isNative() && panels.isNative() && rowStride >= 0 && columnStride >= 0;
  }

  /** As {@code Kernels.packPanels}. */
  void pack(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long panelsOffset) {
    int most = Math.max(width, MOST / width);
    for (int column = 0; column < n; column += width) {
      int columns = Math.min(width, n - column);
      for (int row = 0; row < k; row += most) {
        Cancellation.poll();
        int rows = Math.min(most, k - row);
        long from = bOffset + row * rowStride + column * columnStride;
        long to = panelsOffset + (long) column * k + (long) row * width;
        panel(b, from, rows, columns, rowStride, columnStride, panels, to);
      }
    }
  }

  private void panel(
      MemorySegment b,
      long from,
      int rows,
      int columns,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long to) {
    if (columns == width && columnStride == 1) {
      copy(b, from, rows, rowStride, panels, to);
    } else if (columns == width && rowStride == 1) {
      for (int half = 0; half < width; half += vectors.lanes()) {
        turn(b, from + half * columnStride, rows, columnStride, panels, to + half);
      }
    } else {
      elements(b, from, rows, columns, rowStride, columnStride, panels, to);
    }
  }

  private void copy(
      MemorySegment b, long from, int rows, long rowStride, MemorySegment panels, long to) {
    var arguments =
        library
            .arguments()
            .reads(b, bytes(from), bytes((rows - 1) * rowStride + width))
            .number(bytes(rowStride))
            .writes(panels, bytes(to), bytes((long) rows * width))
            .number(bytes(width))
            .number(rows)
            .number(width / vectors.lanes());
    vectors.giveLanes(arguments, 0);
    arguments.call(codes.get(COPY));
  }

  private void turn(
      MemorySegment b, long from, int rows, long columnStride, MemorySegment panels, long to) {
    int side = vectors.lanes();
    library
        .arguments()
        .reads(b, bytes(from), bytes((side - 1) * columnStride + rows))
        .number(bytes(columnStride))
        .number(rows / side)
        .number(rows % side)
        .writes(panels, bytes(to), bytes((rows - 1L) * width + side))
        .number(bytes(width))
        .call(codes.get(TURN));
  }

  private void elements(
      MemorySegment b,
      long from,
      int rows,
      int columns,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long to) {
    MemorySegment offsets = columnOffsets.get();
    for (int j = 0; j < columns; j++) {
      offsets.setAtIndex(JAVA_LONG, j, bytes(j * columnStride));
    }
    library
        .arguments()
        .reads(b, bytes(from), bytes((rows - 1) * rowStride + (columns - 1) * columnStride + 1))
        .number(rows)
        .number(bytes(rowStride))
        .number(columns)
        .list(offsets, 0, columns * (long) Long.BYTES)
        .writes(panels, bytes(to), bytes((long) rows * width))
        .number(bytes(width))
        .call(codes.get(BY_PITCH));
  }

  /** As {@code Kernels.packFilter}. */
  void filter(
      MemorySegment weights,
      long offset,
      long[] rows,
      long[] columns,
      MemorySegment panels,
      long panelsOffset) {
    if (rows.length == 0) {
      return;
    }
    int most = Math.max(1, MOST / width);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rowOffsets = offsets(arena, rows);
      MemorySegment columnOffsets = offsets(arena, columns);
      for (int column = 0; column < columns.length; column += width) {
        int count = Math.min(width, columns.length - column);
        long last = last(columns, column, count);
        for (int row = 0; row < rows.length; row += most) {
          Cancellation.poll();
          int some = Math.min(most, rows.length - row);
          library
              .arguments()
              .reads(weights, bytes(offset), bytes(last(rows, row, some) + last + 1))
              .number(some)
              .list(rowOffsets, row * (long) Long.BYTES, some * (long) Long.BYTES)
              .number(count)
              .list(columnOffsets, column * (long) Long.BYTES, count * (long) Long.BYTES)
              .writes(
                  panels,
                  bytes(panelsOffset + ((long) column * rows.length + (long) row * width)),
                  bytes((long) some * width))
              .number(bytes(width))
              .call(codes.get(ANYWHERE));
        }
      }
    }
  }

  private static MemorySegment offsets(Arena arena, long[] elements) {
    MemorySegment offsets = arena.allocate(JAVA_LONG, elements.length);
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] < 0) {
        throw new IndexOutOfBoundsException("a weight at " + elements[i]);
      }
      offsets.setAtIndex(JAVA_LONG, i, bytes(elements[i]));
    }
    return offsets;
  }

  private static long last(long[] places, int from, int count) {
    long last = 0;
    for (int i = from; i < from + count; i++) {
      last = Math.max(last, places[i]);
    }
    return last;
  }

  private static long bytes(long elements) {
    return elements * Float.BYTES;
  }
}
