package dev.sardonyx.runtime.plan;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Lays buffers out in one arena so that no two that live at once overlap: in order of their first
 * step, each into the smallest gap that holds it. Offsets are multiples of 64.
 */
final class BufferPlanner {

  /** Where each buffer starts, and how large the arena must be. */
  record Placement(long[] offsets, long bytes) {}

  private record Gap(long bytes, long offset) {}

  private record Taken(int last, long offset, long bytes) {}

  /** Plain lambdas here: ahead-of-time caches do not hold Comparator's own. */
  private static final Comparator<Gap> SMALLEST_FIRST =
      (a, b) ->
          a.bytes() == b.bytes()
              ? Long.compare(a.offset(), b.offset())
              : Long.compare(a.bytes(), b.bytes());

  private final TreeMap<Long, Gap> gapsByOffset = new TreeMap<>();
  private final TreeSet<Gap> gapsBySize = new TreeSet<>(SMALLEST_FIRST);
  private final PriorityQueue<Taken> taken =
      new PriorityQueue<>((a, b) -> Integer.compare(a.last(), b.last()));
  private long end;

  private BufferPlanner() {}

  /** The layout of buffers. Errors: LIMIT when it exceeds 64 bits. */
  static Placement place(List<BufferLifetime> buffers) {
    var planner = new BufferPlanner();
    long[] offsets = new long[buffers.size()];
    Comparator<Integer> order = (a, b) -> inOrder(buffers.get(a), buffers.get(b));
    IntStream.range(0, buffers.size())
        .boxed()
        .sorted(order)
        .forEach(i -> offsets[i] = planner.take(buffers.get(i)));
    return new Placement(offsets, planner.end);
  }

  /** Of those that begin together the largest comes first. */
  private static int inOrder(BufferLifetime a, BufferLifetime b) {
    return a.first() == b.first()
        ? Long.compare(b.bytes(), a.bytes())
        : Integer.compare(a.first(), b.first());
  }

  private long take(BufferLifetime buffer) {
    long bytes = MemoryBudget.aligned(buffer.bytes());
    if (bytes == 0) {
      return 0;
    }
    while (!taken.isEmpty() && taken.peek().last() < buffer.first()) {
      Taken dead = taken.remove();
      free(dead.offset(), dead.bytes());
    }
    long offset = find(bytes);
    taken.add(new Taken(buffer.last(), offset, bytes));
    return offset;
  }

  private long find(long bytes) {
    Gap fitting = gapsBySize.ceiling(new Gap(bytes, 0));
    if (fitting != null) {
      remove(fitting);
      if (fitting.bytes() > bytes) {
        add(new Gap(fitting.bytes() - bytes, fitting.offset() + bytes));
      }
      return fitting.offset();
    }
    long offset = end;
    if (!gapsByOffset.isEmpty()) { // a gap at the end needs only the rest
      Gap last = gapsByOffset.lastEntry().getValue();
      if (last.offset() + last.bytes() == end) {
        remove(last);
        offset = last.offset();
      }
    }
    end = Sizes.add(offset, bytes);
    return offset;
  }

  private void free(long offset, long bytes) {
    long from = offset;
    long size = bytes;
    var before = gapsByOffset.lowerEntry(offset);
    if (before != null && before.getKey() + before.getValue().bytes() == offset) {
      remove(before.getValue());
      from = before.getKey();
      size += before.getValue().bytes();
    }
    Gap after = gapsByOffset.get(offset + bytes);
    if (after != null) {
      remove(after);
      size += after.bytes();
    }
    add(new Gap(size, from));
  }

  private void add(Gap gap) {
    gapsByOffset.put(gap.offset(), gap);
    gapsBySize.add(gap);
  }

  private void remove(Gap gap) {
    gapsByOffset.remove(gap.offset());
    gapsBySize.remove(gap);
  }
}
