package dev.sardonyx.runtime.tune;

import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Times ways to compute a node in turn, so that a noisy machine is fair to all; the shortest run of
 * each counts.
 */
final class Stopwatch {
  /** Runs of each, so that the JVM compiles what calls the kernels, which matters in short ones. */
  private static final int ROUNDS = 300;

  /** Fewer, where they are long. The first two are not counted: code is made and tried in them. */
  private static final int LEAST_ROUNDS = 5;

  private static final int UNCOUNTED = 2;

  /** A run that is shorter by less is as long. */
  private static final double SHORTER = 0.98;

  /** Weights beyond this come from further away in a model than where they alone are read. */
  private static final long SECOND_CACHE = 1 << 20;

  /** What is written in between for them, so that they have to come from there. */
  private static final long SWEPT = 24 << 20;

  private static final int LINE = 64;

  private final long settling;
  private final long most;

  /**
   * A watch.
   *
   * @param settling nanoseconds for each way in which no run may become shorter before it ends
   * @param most nanoseconds for each way after which it ends anyway
   */
  Stopwatch(long settling, long most) {
    this.settling = settling;
    this.most = most;
  }

  /** The shortest run of each way in nanoseconds. Errors: those of the runs. */
  Map<Way, Double> shortest(Map<Way, Trial.Run> runs) {
    boolean heavy = runs.values().stream().anyMatch(run -> run.weightBytes() > SECOND_CACHE);
    if (!heavy) {
      return shortest(runs, MemorySegment.NULL);
    }
    try (Arena arena = Arena.ofConfined()) {
      return shortest(runs, arena.allocate(SWEPT, LINE));
    }
  }

  private Map<Way, Double> shortest(Map<Way, Trial.Run> runs, MemorySegment between) {
    var best = new EnumMap<Way, Double>(Way.class);
    long start = System.nanoTime();
    long settled = start;
    for (int round = 0; ; round++) {
      for (Map.Entry<Way, Trial.Run> entry : runs.entrySet()) {
        Cancellation.poll();
        between.fill((byte) round);
        double nanos = timed(entry.getValue());
        if (round >= UNCOUNTED) {
          double before =
              Objects.requireNonNullElse(best.get(entry.getKey()), Double.POSITIVE_INFINITY);
          if (nanos < SHORTER * before) {
            settled = System.nanoTime();
          }
          best.put(entry.getKey(), Math.min(before, nanos));
        }
      }
      long now = System.nanoTime();
      boolean quiet = round >= ROUNDS && now - settled > settling * runs.size();
      if (round >= LEAST_ROUNDS && (quiet || now - start > most * runs.size())) {
        return best;
      }
    }
  }

  private static double timed(Trial.Run run) {
    long start = System.nanoTime();
    run.run();
    return Math.max(1, System.nanoTime() - start);
  }
}
