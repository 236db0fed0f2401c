package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor built from another by axes: along each axis every position says which position of the
 * input it takes, or that it takes none, where the output keeps a value that was put there before.
 */
final class AxisMaps {
  /** Stands for no position of the input. */
  static final long NONE = -1;

  /** Consecutive positions that are taken from consecutive positions. */
  private record Piece(long from, long to, long count) {}

  private final List<List<Piece>> axes = new ArrayList<>();
  private final long[] inputStrides;
  private final long[] outputStrides;

  /** Maps for each axis, strides and counts in bytes. */
  private AxisMaps(long[] inputStrides, long[] outputStrides) {
    this.inputStrides = inputStrides;
    this.outputStrides = outputStrides;
  }

  /**
   * The copy from a tensor of these sizes.
   *
   * @param maps for each axis the position of the input for each of the output, or {@link #NONE}
   */
  static AxisMaps of(long[] sizes, long[][] maps, int elementBytes) {
    int rank = sizes.length;
    long[] outputs = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      outputs[axis] = maps[axis].length;
    }
    int whole = rank;
    while (whole > 0 && isIdentity(maps[whole - 1], sizes[whole - 1])) {
      whole--;
    }
    var result = new AxisMaps(bytes(sizes, elementBytes), bytes(outputs, elementBytes));
    for (int axis = 0; axis < whole; axis++) {
      result.axes.add(pieces(maps[axis]));
    }
    if (whole == 0) {
      result.axes.add(List.of(new Piece(0, 0, rank == 0 ? 1 : sizes[0])));
    }
    return result;
  }

  private static long[] bytes(long[] sizes, int elementBytes) {
    if (sizes.length == 0) {
      return new long[] {elementBytes};
    }
    long[] strides = LoopNest.strides(sizes);
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = Sizes.multiply(strides[axis], elementBytes);
    }
    return strides;
  }

  private static boolean isIdentity(long[] map, long size) {
    for (int i = 0; i < map.length; i++) {
      if (map[i] != i) {
        return false;
      }
    }
    return map.length == size;
  }

  private static List<Piece> pieces(long[] map) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < map.length; ) {
      int end = i + 1;
      while (end < map.length && map[i] != NONE && map[end] == map[i] + end - i) {
        end++;
      }
      if (map[i] != NONE) {
        pieces.add(new Piece(map[i], i, end - i));
      }
      i = end;
    }
    return pieces;
  }

  void run(MemorySegment x, MemorySegment y) {
    walk(0, x, 0, y, 0);
  }

  private void walk(int axis, MemorySegment x, long from, MemorySegment y, long to) {
    long in = inputStrides[axis];
    long out = outputStrides[axis];
    List<Piece> pieces = axes.get(axis);
    boolean innermost = axis == axes.size() - 1;
    for (int p = 0; p < pieces.size(); p++) {
      Piece piece = pieces.get(p);
      long source = from + piece.from() * in;
      long target = to + piece.to() * out;
      Cancellation.poll();
      if (innermost) {
        MemorySegment.copy(x, source, y, target, piece.count() * in);
        continue;
      }
      for (long i = 0; i < piece.count(); i++) {
        walk(axis + 1, x, source + i * in, y, target + i * out);
      }
    }
  }
}
