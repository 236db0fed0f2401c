package dev.sardonyx.api.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session runs.
 *
 * @param device where to compute; an engine that cannot refuses, it never falls back in silence
 * @param memoryBudget bytes that the session may take for weights and buffers
 * @param tripLimit rounds that all loops of a run may take together
 * @param deadline how long a run may take; empty where it may take any time
 * @param optimised whether the graph may be changed for speed; else nodes are computed as they are
 *     written
 */
public record SessionOptions(
    Device device,
    long memoryBudget,
    long tripLimit,
    Optional<Duration> deadline,
    boolean optimised) {
  private static final long DEFAULT_TRIP_LIMIT = 400_000;

  /** Errors: ARGUMENT for what is less than nothing. */
  public SessionOptions {
    if (memoryBudget < 0 || tripLimit < 0 || deadline.filter(Duration::isNegative).isPresent()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "a session cannot have a budget of %d bytes, %d rounds and a deadline of %s"
              .formatted(memoryBudget, tripLimit, deadline.map(Duration::toString).orElse("none")));
    }
  }

  /**
   * The CPU, 400,000 rounds of loops, no deadline, and a budget of twice the heap's size: Java
   * takes a quarter of the machine for its heap unless told otherwise, so that this is half of it.
   */
  public static SessionOptions defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    long budget = heap > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * heap;
    return new SessionOptions(Device.CPU, budget, DEFAULT_TRIP_LIMIT, Optional.empty(), true);
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(other, memoryBudget, tripLimit, deadline, optimised);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(device, bytes, tripLimit, deadline, optimised);
  }

  /** The same with loops of so many rounds together at most. */
  public SessionOptions trips(long most) {
    return new SessionOptions(device, memoryBudget, most, deadline, optimised);
  }

  /** The same node by node, so that every value inside can be had as an output. */
  public SessionOptions asWritten() {
    return new SessionOptions(device, memoryBudget, tripLimit, deadline, false);
  }

  /** The same with so much time for each run. */
  public SessionOptions deadline(Duration most) {
    return new SessionOptions(device, memoryBudget, tripLimit, Optional.of(most), optimised);
  }
}
