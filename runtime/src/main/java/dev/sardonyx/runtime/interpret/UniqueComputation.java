package dev.sardonyx.runtime.interpret;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.op.SelectionOp.Unique;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.plan.SortKeys;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Elements or slices of which each is kept once. All are sorted, equals in the order they stand in,
 * so that the first of each group is the first there is. NaN is one value here.
 */
final class UniqueComputation {
  private final MemorySegment keys;
  private final long outer;
  private final long items;
  private final long inner;

  private UniqueComputation(DenseTensor x, Optional<Integer> axis, Interpreter run) {
    long[] sizes = x.shape().sizes();
    int along = axis.map(x.shape()::axis).orElse(0);
    outer = axis.isPresent() ? product(sizes, 0, along) : 1;
    items = axis.isPresent() ? sizes[along] : x.elements();
    inner = axis.isPresent() ? product(sizes, along + 1, sizes.length) : 1;
    keys = SelectionComputations.longs(x.elements(), run);
    var order = new SortKeys(x.dtype(), true);
    for (long i = 0; i < x.elements(); i++) {
      Cancellation.pollAt(i);
      keys.setAtIndex(JAVA_LONG, i, order.of(x.segment(), i));
    }
  }

  private static long product(long[] sizes, int from, int to) {
    long result = 1;
    for (int axis = from; axis < to; axis++) {
      result *= sizes[axis];
    }
    return result;
  }

  static List<Data> of(Unique op, DenseTensor x, Interpreter run) {
    Data coded = x;
    if (x.dtype() == DType.STRING) {
      coded = StringCodes.of(List.of(Optional.of(x))).encode(x);
    }
    return new UniqueComputation((DenseTensor) coded, op.axis(), run).outputs(op, x, run);
  }

  /** Slices are compared as the elements in them, from the first on. */
  private int compare(long a, long b) {
    for (long o = 0; o < outer; o++) {
      for (long i = 0; i < inner; i++) {
        Cancellation.pollAt(i);
        int order =
            Long.compare(
                keys.getAtIndex(JAVA_LONG, (o * items + a) * inner + i),
                keys.getAtIndex(JAVA_LONG, (o * items + b) * inner + i));
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  private List<Data> outputs(Unique op, DenseTensor x, Interpreter run) {
    MemorySegment order = SelectionComputations.longs(items, run);
    SortedIndices.sort(items, this::compare, order, SelectionComputations.longs(items, run));
    MemorySegment groups = SelectionComputations.longs(items, run); // of the items in order
    long count = groups(order, groups);
    MemorySegment first = SelectionComputations.longs(count, run);
    MemorySegment counts = SelectionComputations.longs(count, run);
    MemorySegment inverse = SelectionComputations.longs(items, run);
    MemorySegment ranks = ranks(op.sorted(), order, groups, count, run);
    for (long i = 0; i < items; i++) {
      Cancellation.pollAt(i);
      long item = order.getAtIndex(JAVA_LONG, i);
      long rank = ranks.getAtIndex(JAVA_LONG, groups.getAtIndex(JAVA_LONG, i));
      long seen = counts.getAtIndex(JAVA_LONG, rank);
      counts.setAtIndex(JAVA_LONG, rank, seen + 1);
      if (seen == 0) {
        first.setAtIndex(JAVA_LONG, rank, item);
      }
      inverse.setAtIndex(JAVA_LONG, item, rank);
    }
    DenseTensor firsts = SelectionComputations.vector(first);
    return List.of(
        SelectionComputations.gather(x, op.axis(), firsts, run),
        firsts,
        SelectionComputations.vector(inverse),
        SelectionComputations.vector(counts));
  }

  /** Numbers equal items the same, in their order, and gives how many there are. */
  private long groups(MemorySegment order, MemorySegment groups) {
    long count = 0;
    for (long i = 0; i < items; i++) {
      Cancellation.pollAt(i);
      boolean fresh =
          i == 0
              || compare(order.getAtIndex(JAVA_LONG, i - 1), order.getAtIndex(JAVA_LONG, i)) != 0;
      count += fresh ? 1 : 0;
      groups.setAtIndex(JAVA_LONG, i, count - 1);
    }
    return count;
  }

  /** The place of each group: its own, or that of its first item among all groups'. */
  private MemorySegment ranks(
      boolean sorted, MemorySegment order, MemorySegment groups, long count, Interpreter run) {
    MemorySegment ranks = SelectionComputations.longs(count, run);
    if (sorted) {
      for (long i = 0; i < count; i++) {
        Cancellation.pollAt(i);
        ranks.setAtIndex(JAVA_LONG, i, i);
      }
      return ranks;
    }
    MemorySegment groupOf = SelectionComputations.longs(items, run);
    for (long i = 0; i < items; i++) {
      Cancellation.pollAt(i);
      groupOf.setAtIndex(
          JAVA_LONG, order.getAtIndex(JAVA_LONG, i), groups.getAtIndex(JAVA_LONG, i));
    }
    Memory.fill(ranks, (byte) -1);
    long next = 0;
    for (long item = 0; item < items; item++) {
      Cancellation.pollAt(item);
      long group = groupOf.getAtIndex(JAVA_LONG, item);
      if (ranks.getAtIndex(JAVA_LONG, group) < 0) {
        ranks.setAtIndex(JAVA_LONG, group, next++);
      }
    }
    return ranks;
  }
}
