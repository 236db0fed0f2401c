package dev.sardonyx.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast so many threads copy memory at this moment: what steps that move data, or compute little
 * on much of it, can at best come to. Not thread-safe.
 */
public final class CopyRate implements AutoCloseable {
  private static final long SMALLEST = 1L << 12;

  /** More than caches hold. */
  private static final long LARGEST = 1L << 28;

  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 2_000_000;
  private static final int ALIGNMENT = 64;

  private final Team team;
  private final Map<Long, Double> known = new TreeMap<>();

  /** The rates of so many threads. */
  public CopyRate(int threads) {
    team = new Team(threads);
  }

  /**
   * The bytes read and written in a nanosecond by a plain copy that moves about so many in all,
   * again and again: from caches where they fit.
   */
  public double of(long bytes) {
    long size = SMALLEST;
    while (size < bytes && size < LARGEST) {
      size *= 2;
    }
    return known.computeIfAbsent(size, this::measured);
  }

  private double measured(long bytes) {
    try (Arena arena = Arena.ofShared()) {
      long half = bytes / 2;
      MemorySegment from = arena.allocate(half, ALIGNMENT);
      MemorySegment to = arena.allocate(half, ALIGNMENT);
      int parts = team.size();
      long each = half / parts;
      Team.Task copy = (part, _) -> Memory.copy(from, part * each, to, part * each, each);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        long nanos = 0;
        long copies = 0;
        while (nanos < ROUND_NANOS) {
          team.run(parts, copy);
          copies++;
          nanos = System.nanoTime() - start;
        }
        best = Math.max(best, 2.0 * each * parts * copies / nanos);
      }
      return best;
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
