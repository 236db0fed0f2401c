package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.op.TopK;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The first k elements of rows in order, chosen by a heap of k: its root is the one to give way.
 * Each element has a key of 64 bits, larger for what comes first.
 */
final class TopKRoutine {
  private final long[] sizes;
  private final int axis;
  private final long k;
  private final SortKeys keys;
  private final int bytes;

  private TopKRoutine(TopK op, Call call) {
    sizes = call.sizes(0);
    axis = call.input(0).type().shape().axis(op.axis());
    k = (call.hasOutput(0) ? call.output(0) : call.output(1)).shape().sizes()[axis];
    keys = new SortKeys(call.input(0).dtype(), op.largest());
    bytes = call.elementBytes();
  }

  static Routine of(TopK op, Call call) {
    var routine = new TopKRoutine(op, call);
    long scratch = Sizes.multiply(Sizes.add(routine.sizes[routine.axis], routine.k), Long.BYTES);
    return Routine.of(
            buffers -> {
              var x = buffers.input(0);
              var values = buffers.outputs().get(0);
              Optional<MemorySegment> indices =
                  buffers.outputs().size() > 1 ? buffers.outputs().get(1) : Optional.empty();
              return () -> routine.run(x, values, indices, buffers.scratch());
            })
        .withScratch(scratch);
  }

  private void run(
      MemorySegment x,
      Optional<MemorySegment> values,
      Optional<MemorySegment> indices,
      MemorySegment scratch) {
    long n = sizes[axis];
    long outer = Sizes.product(sizes, 0, axis);
    long inner = Sizes.product(sizes, axis + 1, sizes.length);
    var heap = new Heap(scratch, scratch.asSlice(n * Long.BYTES));
    long left = Cancellation.EVERY;
    for (long row = 0; row < outer * inner; row++) {
      left = Cancellation.spend(left, n);
      long from = row / inner * n * inner + row % inner;
      long to = row / inner * k * inner + row % inner;
      heap.fill(x, from, inner, n);
      for (long rank = k - 1; rank >= 0; rank--) {
        left = Cancellation.spend(left, 20); // a way down the heap
        long index = heap.at(0);
        long at = to + rank * inner;
        values.ifPresent(
            y -> MemorySegment.copy(x, (from + index * inner) * bytes, y, at * bytes, bytes));
        indices.ifPresent(y -> y.set(JAVA_LONG_UNALIGNED, at * Long.BYTES, index));
        heap.put(heap.at(rank), rank);
      }
    }
  }

  /** The indices of the k first so far; each comes after its two children. */
  private final class Heap {
    private final MemorySegment rowKeys;
    private final MemorySegment chosen;

    Heap(MemorySegment rowKeys, MemorySegment chosen) {
      this.rowKeys = rowKeys;
      this.chosen = chosen;
    }

    long at(long place) {
      return chosen.get(JAVA_LONG_UNALIGNED, place * Long.BYTES);
    }

    private long key(long index) {
      return rowKeys.get(JAVA_LONG_UNALIGNED, index * Long.BYTES);
    }

    /** Whether an index comes after another: a lesser key, or of equal ones the later. */
    private boolean after(long a, long b) {
      return key(a) != key(b) ? key(a) < key(b) : a > b;
    }

    void fill(MemorySegment x, long from, long stride, long n) {
      for (long i = 0; i < n; i++) {
        Cancellation.pollAt(i);
        rowKeys.set(JAVA_LONG_UNALIGNED, i * Long.BYTES, keys.of(x, from + i * stride));
      }
      for (long i = 0; i < k; i++) {
        Cancellation.pollAt(i);
        chosen.set(JAVA_LONG_UNALIGNED, i * Long.BYTES, i);
      }
      long unpolled = Cancellation.EVERY;
      for (long place = k / 2 - 1; place >= 0; place--) {
        unpolled = Cancellation.spend(unpolled, 4);
        sink(at(place), place, k);
      }
      long left = Cancellation.EVERY;
      for (long i = k; i < n; i++) {
        left = Cancellation.spend(left, 20);
        if (after(at(0), i)) {
          put(i, k);
        }
      }
    }

    /** Replaces the root of a heap of some size. */
    void put(long index, long size) {
      sink(index, 0, size);
    }

    private void sink(long index, long from, long size) {
      long place = from;
      while (2 * place + 1 < size) {
        long child = 2 * place + 1;
        if (child + 1 < size && after(at(child + 1), at(child))) {
          child++;
        }
        if (!after(at(child), index)) {
          break;
        }
        chosen.set(JAVA_LONG_UNALIGNED, place * Long.BYTES, at(child));
        place = child;
      }
      chosen.set(JAVA_LONG_UNALIGNED, place * Long.BYTES, index);
    }
  }
}
