package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Rows that do not depend on each other, cut between the members of a team. */
final class SharedRows {
  private SharedRows() {}

  /** Asks kernels to compute rows, which x and y hold, and does nothing else. */
  @FunctionalInterface
  interface Body {
    void run(MemorySegment x, MemorySegment y, long rows);
  }

  /** The rows of x, each of so many elements, become those of y. */
  static Step step(
      Body body,
      MemorySegment x,
      MemorySegment y,
      long rows,
      long columns,
      Kernels kernels,
      Buffers buffers) {
    var split = Split.of(rows, Sizes.multiply(rows, columns), 1, buffers.team().size());
    long bytes = Sizes.multiply(columns, kernels.elementBytes());
    List<MemorySegment> xs = slices(x, split, bytes);
    List<MemorySegment> ys = slices(y, split, bytes);
    return split.step(
        buffers.team(),
        (from, to, member) -> {
          int part = (int) (from / split.size());
          body.run(xs.get(part), ys.get(part), to - from);
        },
        kernels);
  }

  private static List<MemorySegment> slices(MemorySegment all, Split split, long rowBytes) {
    return IntStream.range(0, split.count())
        .mapToObj(
            part -> {
              long from = part * split.size();
              long to = Math.min(split.n(), from + split.size());
              return all.asSlice(from * rowBytes, (to - from) * rowBytes);
            })
        .toList();
  }
}
