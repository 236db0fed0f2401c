package dev.sardonyx.runtime.vote;

/** Where elements lie: row-major indices, and places with one index per axis. */
final class Places {
  private Places() {}

  static long count(long... sizes) {
    long result = 1;
    for (long size : sizes) {
      result = Math.multiplyExact(result, size);
    }
    return result;
  }

  /** How many elements there are in the axes from one up to, without, another. */
  static long count(long[] sizes, int from, int to) {
    long result = 1;
    for (int axis = from; axis < to; axis++) {
      result = Math.multiplyExact(result, sizes[axis]);
    }
    return result;
  }

  static long[] of(long index, long[] sizes) {
    long[] place = new long[sizes.length];
    long rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return place;
  }

  static long index(long[] place, long[] sizes) {
    long index = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      index = index * sizes[axis] + place[axis];
    }
    return index;
  }

  /** Where the element for one of the broadcast result lies: dims of 1 are stretched. */
  static long broadcast(long index, long[] result, long[] sizes) {
    long rest = index;
    long place = 0;
    long stride = 1;
    int missing = result.length - sizes.length;
    for (int axis = result.length - 1; axis >= missing; axis--) {
      long size = sizes[axis - missing];
      place += size == 1 ? 0 : rest % result[axis] * stride;
      rest /= result[axis];
      stride *= size;
    }
    return place;
  }

  /** An axis counted from the front. */
  static int axis(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }
}
