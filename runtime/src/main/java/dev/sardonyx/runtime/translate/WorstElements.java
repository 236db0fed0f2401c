package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.diagnose.Element;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/** The elements on which two tensors differ most. */
final class WorstElements {
  private static final int MOST = 4;

  /** An element by its place in memory, and how far it is off. */
  private record Off(long index, double error) {}

  private WorstElements() {}

  /** Those that differ most first; none where the two are no tensors of numbers of one type. */
  static List<Element> of(Data found, Data expected) {
    if (!(found instanceof Tensor a) || !(expected instanceof Tensor b)) {
      return List.of();
    }
    boolean numbers =
        switch (b.dtype()) {
          case STRING, COMPLEX64, COMPLEX128 -> false;
          default -> true; // all others have a value as a double
        };
    return numbers && a.type().equals(b.type()) ? of(a.dense(), b.dense()) : List.of();
  }

  private static List<Element> of(DenseTensor found, DenseTensor expected) {
    var worst = new PriorityQueue<Off>(Comparator.comparingDouble(Off::error));
    for (long i = 0; i < expected.elements(); i++) {
      double error = error(found.doubleAt(i), expected.doubleAt(i));
      if (error > 0) {
        worst.add(new Off(i, error));
      }
      if (worst.size() > MOST) {
        worst.poll();
      }
    }
    return worst.stream()
        .sorted(Comparator.comparingDouble(Off::error).reversed())
        .map(
            off ->
                new Element(
                    place(off.index(), expected.shape().sizes()),
                    found.doubleAt(off.index()),
                    expected.doubleAt(off.index()),
                    OptionalDouble.empty()))
        .toList();
  }

  /** NaN and infinities on one side are further off than any number. */
  private static double error(double a, double b) {
    if (Double.compare(a, b) == 0) {
      return 0;
    }
    double error = Math.abs(a - b);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static List<Long> place(long index, long[] sizes) {
    Long[] place = new Long[sizes.length];
    long left = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = left % sizes[axis];
      left /= sizes[axis];
    }
    return List.of(place);
  }
}
