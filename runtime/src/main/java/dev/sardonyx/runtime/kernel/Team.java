package dev.sardonyx.runtime.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a session, which share the parts of a step: that of the run itself, member 0, and
 * workers. One run at a time has the workers; others meanwhile compute their parts alone. Workers
 * start with the first work, spin for a moment after each, then park, and end at {@link #close}.
 * Allocates nothing per call. Thread-safe.
 */
public final class Team implements AutoCloseable {

  /** Work that falls into independent parts. */
  @FunctionalInterface
  public interface Task {
    /**
     * Computes one part.
     *
     * @param member who does it, for memory of its own: 0 to {@link #size} - 1
     */
    void run(int part, int member);
  }

  /**
   * How long an idle worker looks for work before it parks: longer than from shared step to shared
   * step. To wake a parked one can take the thread of the run 27 us, and the worker 45 (measured on
   * a virtual machine), more than many a step.
   */
  private static final long SPIN_NANOS = 1_000_000;

  /** More than the number of any part. */
  private static final long NONE_LEFT = Integer.MAX_VALUE;

  /** The upper half of a long holds numbers up to this. */
  private static final long NUMBERS = (1L << Integer.SIZE) - 1;

  /** Looks between two readings of the clock. */
  private static final int LOOKS = 64;

  /** A worker's view of the work: its poll asks whether the work goes on. */
  static final class Worker extends Thread {
    private final Team team;
    private final int member;
    volatile boolean parked;

    Worker(Team team, int member) {
      super("sardonyx-worker-" + member);
      setDaemon(true);
      this.team = team;
      this.member = member;
    }

    /** Whether the work that this thread takes part in has failed elsewhere. */
    boolean isCalledOff() {
      return team.failure != null;
    }

    @Override
    public void run() {
      team.work(this);
    }
  }

  /** Ends the part of a worker after another part has failed. */
  static final class CalledOff extends RuntimeException {
    private static final long serialVersionUID = 1;

    CalledOff() {
      super("another part of this step has failed", null, false, false);
    }
  }

  private final int size;
  private final AtomicBoolean taken = new AtomicBoolean();

  /** The number of the work in the upper half, the next part of it in the lower. */
  private final AtomicLong next;

  private final AtomicInteger done = new AtomicInteger();
  private @Nullable Task task;
  private int parts;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private Worker @Nullable [] workers;

  /** A team of so many threads, the caller's included. */
  public Team(int size) {
    this(size, 0);
  }

  /** A team that did so many works before. */
  Team(int size, long works) {
    this.size = size;
    next = new AtomicLong(works << Integer.SIZE | NONE_LEFT);
  }

  /** A team of the caller alone. */
  public static Team alone() {
    return new Team(1);
  }

  /** The members. */
  public int size() {
    return size;
  }

  /**
   * Runs all parts and returns when they are done. A task may be called from several threads at
   * once, with different parts and members; it must not call this itself. Errors: what a part
   * throws, the first one.
   */
  public void run(int count, Task work) {
    if (count <= 1 || size == 1 || closed || !taken.compareAndSet(false, true)) {
      for (int part = 0; part < count; part++) {
        work.run(part, 0);
      }
      return;
    }
    try {
      share(count, work);
    } finally {
      task = null;
      taken.set(false);
    }
  }

  private void share(int count, Task work) {
    long last = next.get() >>> Integer.SIZE;
    next.set(last << Integer.SIZE | NONE_LEFT); // a claim that was read before fails now
    task = work;
    parts = count;
    failure = null;
    done.set(0);
    long number = (last + 1) & NUMBERS; // after four billion works, a night's, from the beginning
    next.set(number << Integer.SIZE);
    wake(count - 1);
    compute(number, 0);
    awaitOthers(count);
    Throwable thrown = failure;
    switch (thrown) {
      case null -> {}
      case RuntimeException error -> throw error;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown); // parts throw nothing checked
    }
  }

  /** Computes parts of a work until none is left. */
  private void compute(long number, int member) {
    while (true) {
      long claim = next.get();
      Task work = task;
      int part = (int) claim;
      if (claim >>> Integer.SIZE != number || work == null || part >= parts) {
        return;
      }
      // Succeeds only while this very work has parts left, so that task and parts are its own.
      if (next.compareAndSet(claim, claim + 1)) {
        compute(work, part, member);
      }
    }
  }

  private void compute(Task work, int part, int member) {
    try {
      if (failure == null) {
        work.run(part, member);
      }
    } catch (RuntimeException | Error thrown) { // told by the thread of the run
      if (failure == null && !(thrown instanceof CalledOff)) {
        failure = thrown;
      }
    } finally {
      done.incrementAndGet();
    }
  }

  /** The run's own thread ends the work of the others when it is interrupted or out of time. */
  private void awaitOthers(int count) {
    for (int looks = 1; done.get() < count; looks++) {
      Thread.onSpinWait();
      if (looks % LOOKS == 0 && failure == null) {
        try {
          Cancellation.poll();
        } catch (RuntimeException ended) {
          failure = ended;
        }
      }
      if (looks % (LOOKS * LOOKS) == 0) {
        Thread.yield();
      }
    }
  }

  /** Sees to it that so many workers come, if there are so many: those that look out first. */
  private void wake(int wanted) {
    Worker[] all = workers;
    if (all == null) {
      start();
      return;
    }
    int missing = wanted;
    for (Worker worker : all) {
      missing -= worker.parked ? 0 : 1;
    }
    for (int i = 0; i < all.length && missing > 0; i++) {
      if (all[i].parked) {
        LockSupport.unpark(all[i]);
        missing--;
      }
    }
  }

  private synchronized void start() {
    if (closed) {
      return;
    }
    var all = new Worker[size - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Worker(this, i + 1);
      all[i].start();
    }
    workers = all;
  }

  private void work(Worker worker) {
    long seen = -1; // the work that started this thread is there already
    while (!closed) {
      long number = next.get() >>> Integer.SIZE;
      if (number != seen) {
        seen = number;
        compute(number, worker.member);
      } else {
        awaitWork(worker, seen);
      }
    }
  }

  private void awaitWork(Worker worker, long seen) {
    long end = System.nanoTime() + SPIN_NANOS;
    do {
      for (int i = 0; i < LOOKS; i++) {
        if (next.get() >>> Integer.SIZE != seen || closed) {
          return;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - end < 0);
    worker.parked = true;
    if (next.get() >>> Integer.SIZE == seen && !closed) {
      LockSupport.park(this);
    }
    worker.parked = false;
  }

  /** Ends the workers and waits for them. Call it when no run is left. */
  @Override
  public void close() {
    Worker[] all;
    synchronized (this) {
      closed = true;
      all = workers;
      workers = null;
    }
    if (all == null) {
      return;
    }
    boolean interrupted = false;
    for (Worker worker : all) {
      LockSupport.unpark(worker);
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
