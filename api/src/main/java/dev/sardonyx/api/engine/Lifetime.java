package dev.sardonyx.api.engine;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Keeps what a session owns alive while it is used: closing waits for running calls, and is done
 * once. Native memory behind a session would otherwise vanish under a running call. A call
 * allocates nothing.
 */
public final class Lifetime {
  private final String owner;
  private final Runnable release;

  /** The threads of running calls, a thread once for each; the first {@code running} count. */
  private Thread[] callers = new Thread[4];

  private int running;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  /** A lifetime that ends with a release action; the owner's name is for messages. */
  public Lifetime(String owner, Runnable release) {
    this.owner = owner;
    this.release = release;
  }

  /** Runs a call within the lifetime. Throws IllegalStateException once it is over. */
  public <T> T use(Supplier<T> call) {
    enter();
    try {
      return call.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    if (state != State.OPEN && indexOf(Thread.currentThread()) < 0) {
      throw new IllegalStateException(owner + " is closed");
    }
    if (running == callers.length) {
      callers = Arrays.copyOf(callers, 2 * running);
    }
    callers[running++] = Thread.currentThread();
  }

  private synchronized void leave() {
    int index = indexOf(Thread.currentThread());
    callers[index] = callers[--running];
    callers[running] = null;
    if (running == 0) {
      notifyAll();
    }
  }

  private int indexOf(Thread thread) {
    for (int i = running - 1; i >= 0; i--) {
      if (callers[i] == thread) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Waits for running calls, then releases; a second time does nothing. Throws
   * IllegalStateException when called from within a running call, which would wait for itself.
   */
  public void close() {
    if (isLast()) {
      try {
        release.run();
      } finally {
        released();
      }
    }
  }

  /** Waits until nothing runs; whether this is the call that has to release. */
  private synchronized boolean isLast() {
    if (indexOf(Thread.currentThread()) >= 0) {
      throw new IllegalStateException(owner + " cannot be closed by a call that runs in it");
    }
    boolean first = state == State.OPEN;
    if (first) {
      state = State.CLOSING;
    }
    boolean interrupted = false;
    while (first ? running > 0 : state != State.CLOSED) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private synchronized void released() {
    state = State.CLOSED;
    notifyAll();
  }
}
