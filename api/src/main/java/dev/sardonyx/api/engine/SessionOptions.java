package dev.sardonyx.api.engine;

/**
 * How a session runs.
 *
 * @param device where to compute; an engine that cannot refuses, it never falls back in silence
 * @param memoryBudget bytes that the session may take for weights and buffers
 */
public record SessionOptions(Device device, long memoryBudget) {

  /** The CPU, with no budget but the machine's memory. */
  public static SessionOptions defaults() {
    return new SessionOptions(Device.CPU, Long.MAX_VALUE);
  }

  /** The same on another device. */
  public SessionOptions on(Device other) {
    return new SessionOptions(other, memoryBudget);
  }

  /** The same within a budget of bytes. */
  public SessionOptions within(long bytes) {
    return new SessionOptions(device, bytes);
  }
}
