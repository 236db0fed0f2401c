package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.tensor.DenseTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Indices by what they point at: two are equal where the elements of x are that they point at.
 *
 * @param near how near these must be, each of which may lie off by so much
 * @param axis of x and of the indices, not negative
 * @param sorted whether the order of a lane's indices counts
 */
record PointedAt(DenseTensor x, Tolerance near, int axis, boolean sorted) {

  /** Which of two tensors' indices are ties, by their place. */
  LongPredicate ties(DenseTensor found, DenseTensor expected) {
    long[] sizes = x.shape().sizes();
    Lanes from = Lanes.of(sizes, axis);
    long outside = x.elements() == 0 ? 0 : x.elements() / sizes[axis];
    long most = outside == 0 ? 0 : expected.elements() / outside; // of a lane: k, or one
    var to = new Lanes(most, from.stride());
    double rms = Magnitudes.rms(x);
    Map<Long, double[][]> lanes = new HashMap<>();
    return element -> {
      long lane = to.lane(element);
      double[][] both =
          lanes.computeIfAbsent(
              lane,
              _ ->
                  new double[][] {values(found, lane, from, to), values(expected, lane, from, to)});
      int at = (int) ((element / to.stride()) % to.size());
      return both[0].length > 0 && both[1].length > 0 && isNear(both[0][at], both[1][at], rms);
    };
  }

  /** What a lane's indices point at; nothing where one is outside, or there twice. */
  private double[] values(DenseTensor indices, long lane, Lanes from, Lanes to) {
    double[] values = new double[Math.toIntExact(to.size())];
    long[] sorting = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      long index = indices.longAt(to.element(lane, i));
      if (index < 0 || index >= from.size()) {
        return new double[0];
      }
      sorting[i] = index;
      values[i] = x.doubleAt(from.element(lane, index));
    }
    Arrays.sort(sorting);
    for (int i = 1; i < sorting.length; i++) {
      if (sorting[i] == sorting[i - 1]) {
        return new double[0];
      }
    }
    if (!sorted) {
      Arrays.sort(values);
    }
    return values;
  }

  private boolean isNear(double a, double b, double rms) {
    return Double.compare(a, b) == 0 || a == b || Math.abs(a - b) <= 2 * near.element(b, rms);
  }
}
