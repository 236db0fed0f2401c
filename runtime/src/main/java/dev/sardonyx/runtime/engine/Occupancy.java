package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;

/**
 * The runs of a session that hold or want memory: one that finds none waits here until another
 * leaves, but never where all others wait as well. Thread-safe.
 */
final class Occupancy {
  private int present;
  private int waiting;
  private long departures;

  /** A run begins to want memory. */
  synchronized void enter() {
    present++;
  }

  /** A run has given its memory back. */
  synchronized void leave() {
    present--;
    departures++;
    notifyAll();
  }

  /** How many runs have left so far, to be asked before memory is tried for. */
  synchronized long departures() {
    return departures;
  }

  /**
   * Waits until more runs have left than were counted before.
   *
   * @return whether one has; false where no run is left that could
   * @throws SardonyxException (INTERRUPTED) with the thread's flag set again
   */
  synchronized boolean awaitDeparture(long counted) {
    waiting++;
    try {
      while (departures == counted && waiting < present) {
        wait();
      }
      return departures != counted;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new SardonyxException(
          ErrorCode.INTERRUPTED, "the run was interrupted while it waited for memory", interrupt);
    } finally {
      waiting--;
    }
  }
}
