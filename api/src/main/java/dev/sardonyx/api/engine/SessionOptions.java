package dev.sardonyx.api.engine;

/**
 * How a session runs.
 *
 * @param device where to compute; an engine that cannot refuses, it never falls back in silence
 * @param memoryBudget bytes that the session may take for weights and buffers
 * @param tripLimit rounds that all loops of a run may take together
 */
public record SessionOptions(Device device, long memoryBudget, long tripLimit) {
  private static final long DEFAULT_TRIP_LIMIT = 1_000_000;

  /** The CPU, with no budget but the machine's memory, and a million rounds of loops. */
  public static SessionOptions defaults() {
    return new SessionOptions(Device.CPU, Long.MAX_VALUE, DEFAULT_TRIP_LIMIT);
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(other, memoryBudget, tripLimit);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(device, bytes, tripLimit);
  }

  /** The same with loops of so many rounds together at most. */
  public SessionOptions trips(long most) {
    return new SessionOptions(device, memoryBudget, most);
  }
}
