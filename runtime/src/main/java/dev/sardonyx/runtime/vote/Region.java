package dev.sardonyx.runtime.vote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A tensor cut into groups of elements that agree on all axes but some.
 *
 * @param inner the axes within a group
 * @param outer the others
 */
record Region(long[] sizes, List<Integer> inner, List<Integer> outer) {
  Region {
    inner = List.copyOf(inner);
    outer = List.copyOf(outer);
  }

  /** Groups over these axes, which may be negative. */
  static Region of(long[] sizes, Collection<Integer> axes) {
    TreeSet<Integer> inner = new TreeSet<>();
    axes.forEach(axis -> inner.add(Places.axis(axis, sizes.length)));
    List<Integer> outer = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (!inner.contains(axis)) {
        outer.add(axis);
      }
    }
    return new Region(sizes, List.copyOf(inner), outer);
  }

  /** How many elements a group has. */
  long count() {
    return inner.stream().mapToLong(axis -> sizes[axis]).reduce(1, Math::multiplyExact);
  }

  /** The group of an element: its row-major index over the outer axes. */
  long group(long index) {
    long[] place = Places.of(index, sizes);
    long group = 0;
    for (int axis : outer) {
      group = group * sizes[axis] + place[axis];
    }
    return group;
  }

  /** Where the i-th element of a group lies. */
  long index(long group, long i) {
    return part(outer, group) + part(inner, i);
  }

  private long part(List<Integer> axes, long index) {
    long rest = index;
    long result = 0;
    for (int at = axes.size() - 1; at >= 0; at--) {
      int axis = axes.get(at);
      result += rest % sizes[axis] * Places.count(sizes, axis + 1, sizes.length);
      rest /= sizes[axis];
    }
    return result;
  }
}
