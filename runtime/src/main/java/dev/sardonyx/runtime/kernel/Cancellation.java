package dev.sardonyx.runtime.kernel;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ends a run that takes too long: whatever loops asks here from time to time whether its thread is
 * interrupted or the deadline of its run is over. Between two questions lies less than a
 * millisecond.
 */
public final class Cancellation {
  /** Elements that a loop may work on between two questions. */
  public static final int EVERY = 1 << 15;

  /** Looks at a run from time to time, and ends it by what it throws. */
  @FunctionalInterface
  public interface Watch {
    /** Called at every poll, from the thread of the run. */
    void look();
  }

  private record Deadline(long nanoTime, Duration allowed) implements Watch {
    @Override
    public void look() {
      if (System.nanoTime() - nanoTime > 0) {
        throw new SardonyxException(
            ErrorCode.LIMIT, "the run takes longer than its deadline of " + allowed);
      }
    }
  }

  private static final ScopedValue<Watch> WATCH = ScopedValue.newInstance();

  private Cancellation() {}

  /** Runs within a time from now on. Errors: those of the run; LIMIT once the time is over. */
  public static <T> T within(Optional<Duration> allowed, Supplier<T> run) {
    if (allowed.isEmpty()) {
      return run.get();
    }
    return watched(new Deadline(System.nanoTime() + nanos(allowed.get()), allowed.get()), run);
  }

  /** Runs with a watch instead of a deadline. Errors: those of the run and of the watch. */
  public static <T> T watched(Watch watch, Supplier<T> run) {
    return ScopedValue.where(WATCH, watch).call(run::get);
  }

  /** A time that a long holds twice, so that sums with it do not overflow: 146 years. */
  private static long nanos(Duration duration) {
    Duration most = Duration.ofNanos(Long.MAX_VALUE / 2);
    return duration.compareTo(most) < 0 ? duration.toNanos() : most.toNanos();
  }

  /**
   * Ends the run where it should; workers of a {@link Team} follow the thread of the run. Errors:
   * INTERRUPTED, the thread's flag stays set; LIMIT.
   */
  public static void poll() {
    if (Thread.currentThread() instanceof Team.Worker worker) {
      if (worker.isCalledOff()) {
        throw new Team.CalledOff();
      }
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new SardonyxException(ErrorCode.INTERRUPTED, "the run was interrupted");
    }
    if (WATCH.isBound()) {
      WATCH.get().look();
    }
  }

  /** Polls from time to time in a loop with this counter. Errors: as {@link #poll}. */
  public static void pollAt(long i) {
    if ((i & (EVERY - 1)) == EVERY - 1) {
      poll();
    }
  }

  /**
   * Counts work between two polls; a loop keeps the result and begins with {@link #EVERY}.
   *
   * @param left what the last call gave
   * @param work elements that will be worked on before the next call
   * @return what is left before the next poll; all of it where there was one
   */
  public static long spend(long left, long work) {
    long rest = left - work;
    if (rest > 0) {
      return rest;
    }
    poll();
    return EVERY;
  }
}
