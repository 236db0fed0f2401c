package dev.sardonyx.api.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How a session runs.
 *
 * @param device where to compute; an engine that cannot refuses, it never falls back in silence
 * @param memoryBudget bytes that the session may take for weights and buffers
 * @param tripLimit rounds that all loops of a run may take together
 * @param deadline how long a run may take; empty where it may take any time
 */
public record SessionOptions(
    Device device, long memoryBudget, long tripLimit, Optional<Duration> deadline) {
  private static final long DEFAULT_TRIP_LIMIT = 400_000;

  /** The CPU, with no budget but the machine's memory, 400,000 rounds of loops, no deadline. */
  public static SessionOptions defaults() {
    return new SessionOptions(Device.CPU, Long.MAX_VALUE, DEFAULT_TRIP_LIMIT, Optional.empty());
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(other, memoryBudget, tripLimit, deadline);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(device, bytes, tripLimit, deadline);
  }

  /** The same with loops of so many rounds together at most. */
  public SessionOptions trips(long most) {
    return new SessionOptions(device, memoryBudget, most, deadline);
  }

  /** The same with so much time for each run. */
  public SessionOptions deadline(Duration most) {
    return new SessionOptions(device, memoryBudget, tripLimit, Optional.of(most));
  }
}
