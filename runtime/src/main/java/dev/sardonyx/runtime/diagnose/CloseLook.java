package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.function.LongFunction;

/** The elements of a value computed in two ways: those that differ most, and how they lie. */
public final class CloseLook {
  private static final int WORST = 5;
  private static final Histogram NOTHING = new Histogram(0, 0, List.of(), 0);

  private final long[] sizes;
  private final List<Far> worst;
  private final Histogram errors;
  private final Histogram engine;
  private final Histogram reference;

  /** An element by its place in memory. */
  private record Far(long index, double engine, double reference) {
    /** What is NaN or infinite on one side only is further off than any number. */
    double distance() {
      double distance = Math.abs(engine - reference);
      return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
  }

  private CloseLook(
      long[] sizes, List<Far> worst, Histogram errors, Histogram engine, Histogram reference) {
    this.sizes = sizes;
    this.worst = worst;
    this.errors = errors;
    this.engine = engine;
    this.reference = reference;
  }

  /** A look at two values; nothing is seen of what are no tensors of numbers of one shape. */
  public static CloseLook at(Data found, Data expected) {
    return found instanceof Tensor a
            && expected instanceof Tensor b
            && a.dense().type().equals(b.dense().type())
            && b.dtype().isReal()
        ? at(a.dense(), b.dense())
        : new CloseLook(new long[0], List.of(), NOTHING, NOTHING, NOTHING);
  }

  private static CloseLook at(DenseTensor a, DenseTensor b) {
    Comparator<Far> nearest =
        Comparator.comparingDouble(Far::distance)
            .thenComparing(Comparator.comparing(Far::index).reversed());
    var queue = new PriorityQueue<>(nearest);
    for (long i = 0; i < b.elements(); i++) {
      double x = a.doubleAt(i);
      double y = b.doubleAt(i);
      if (x != y && Double.compare(x, y) != 0) {
        queue.add(new Far(i, x, y));
        if (queue.size() > WORST) {
          queue.poll();
        }
      }
    }
    List<Far> worst = new ArrayList<>(queue);
    worst.sort(nearest.reversed());
    Histogram expected = Histogram.of(b.elements(), b::doubleAt);
    return new CloseLook(
        b.shape().sizes(),
        worst,
        Histogram.of(b.elements(), i -> a.doubleAt(i) - b.doubleAt(i)),
        Histogram.within(expected.from(), expected.to(), a.elements(), a::doubleAt),
        expected);
  }

  /** The elements that differ most, the furthest first. */
  public List<Element> worst() {
    return worst(_ -> OptionalDouble.empty());
  }

  /**
   * The elements that differ most, the furthest first.
   *
   * @param exact an element in float64 by its place in memory, where somebody computes it
   */
  List<Element> worst(LongFunction<OptionalDouble> exact) {
    return worst.stream()
        .map(
            far ->
                new Element(
                    place(far.index()), far.engine(), far.reference(), exact.apply(far.index())))
        .toList();
  }

  private List<Long> place(long index) {
    List<Long> place = new ArrayList<>();
    long rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place.addFirst(rest % sizes[axis]);
      rest /= sizes[axis];
    }
    return place;
  }

  Histogram errors() {
    return errors;
  }

  Histogram engine() {
    return engine;
  }

  Histogram reference() {
    return reference;
  }
}
