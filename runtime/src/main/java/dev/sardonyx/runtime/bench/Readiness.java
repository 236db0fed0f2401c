package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;

/**
 * How a warm-up ended.
 *
 * @param stable whether the medians of the last windows were within {@link #SPREAD} of each other
 * @param runs how many runs there were
 * @param nanosPerRun the median of the last window
 */
public record Readiness(boolean stable, long runs, double nanosPerRun) {
  /** How far the medians of stable windows lie apart, as a part of the smallest. */
  public static final double SPREAD = 0.03;

  private static final int WINDOWS = 4;
  private static final int LEAST_RUNS = 5;
  private static final long WINDOW_NANOS = 400_000_000;
  private static final double QUARTER_NANOS = WINDOW_NANOS / 4.0;
  private static final int MOST_RUNS_AT_ONCE = 10_000;

  /** Runs something so many times and tells what each took. */
  @FunctionalInterface
  interface Runs {
    Block run(int runs);
  }

  /**
   * Runs in windows of 0.4 seconds, and of 5 runs at least, until the medians of four in a row are
   * within 3 %, or the time is over. Errors: INTERRUPTED, those of the runs.
   */
  static Readiness of(Runs lane, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    var medians = new ArrayDeque<Double>();
    long runs = 0;
    do {
      Times window = window(lane);
      runs += window.count();
      medians.addLast(window.median());
      if (medians.size() > WINDOWS) {
        medians.removeFirst();
      }
    } while (!isStable(medians) && System.nanoTime() < end);
    return new Readiness(isStable(medians), runs, medians.getLast());
  }

  private static Times window(Runs lane) {
    var times = new Times();
    long start = System.nanoTime();
    int next = 1;
    while (times.count() < LEAST_RUNS || System.nanoTime() - start < WINDOW_NANOS) {
      if (Thread.interrupted()) {
        throw new SardonyxException(ErrorCode.INTERRUPTED, "the benchmark was interrupted");
      }
      times.add(lane.run(next));
      next = (int) Math.clamp(QUARTER_NANOS / times.median(), 1, MOST_RUNS_AT_ONCE);
    }
    return times;
  }

  private static boolean isStable(ArrayDeque<Double> medians) {
    double spread = Collections.max(medians) / Collections.min(medians) - 1;
    return medians.size() == WINDOWS && spread <= SPREAD;
  }
}
