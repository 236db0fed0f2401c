package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
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

  private final List<long[]> axes = new ArrayList<>();
  private final long[] inputStrides;
  private final long[] outputStrides;

  /** For each position of the last axis where the run of consecutive positions ends. */
  private int[] ends = {};

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
      result.axes.add(maps[axis]);
    }
    if (whole == 0) {
      result.axes.add(new long[] {0}); // all at once
      result.inputStrides[0] =
          result.outputStrides[0] = Sizes.multiply(Sizes.product(sizes), elementBytes);
    }
    result.ends = ends(result.axes.getLast());
    return result;
  }

  private static int[] ends(long[] map) {
    int[] ends = new int[map.length];
    for (int i = map.length - 1; i >= 0; i--) {
      Cancellation.pollAt(i);
      boolean goesOn = i + 1 < map.length && map[i] != NONE && map[i + 1] == map[i] + 1;
      ends[i] = goesOn ? ends[i + 1] : i + 1;
    }
    return ends;
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
      Cancellation.pollAt(i);
      if (map[i] != i) {
        return false;
      }
    }
    return map.length == size;
  }

  void run(MemorySegment x, MemorySegment y) {
    walk(0, x, 0, y, 0, Cancellation.EVERY);
  }

  private long walk(int axis, MemorySegment x, long from, MemorySegment y, long to, long allowed) {
    long in = inputStrides[axis];
    long out = outputStrides[axis];
    long[] map = axes.get(axis);
    boolean innermost = axis == axes.size() - 1;
    long left = allowed;
    for (int i = 0; i < map.length; ) {
      int end = i + 1;
      if (map[i] == NONE) {
        left = Cancellation.spend(left, 1);
      } else if (innermost) {
        end = ends[i];
        left = Cancellation.spend(left, end - i);
        Memory.copy(x, from + map[i] * in, y, to + i * out, (end - i) * in);
      } else {
        left = Cancellation.spend(left, 1);
        left = walk(axis + 1, x, from + map[i] * in, y, to + i * out, left);
      }
      i = end;
    }
    return left;
  }
}
