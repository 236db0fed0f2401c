package dev.sardonyx.api.engine;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps what a session owns alive while it is used: closing waits for running calls, and is done
 * once. Native memory behind a session would otherwise vanish under a running call.
 */
public final class Lifetime {
  private final String owner;
  private final Runnable release;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /** A lifetime that ends with a release action; the owner's name is for messages. */
  public Lifetime(String owner, Runnable release) {
    this.owner = owner;
    this.release = release;
  }

  /** Runs a call within the lifetime. Throws IllegalStateException once it is over. */
  public <T> T use(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(owner + " is closed");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Waits for running calls, then releases; a second time does nothing. Throws
   * IllegalStateException when called from within a running call, which would wait for itself.
   */
  public void close() {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(owner + " cannot be closed by a call that runs in it");
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        release.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
