package dev.sardonyx.runtime.profile;

/**
 * The time of some steps together.
 *
 * @param name what they have in common; an operator, or the path of a module
 * @param depth how many modules are around it
 * @param steps how many they are
 */
public record Total(String name, int depth, int steps, double millis, long operations, long bytes) {

  static Total none(String name, int depth) {
    return new Total(name, depth, 0, 0, 0, 0);
  }

  Total and(StepTime step) {
    return new Total(
        name,
        depth,
        steps + 1,
        millis + step.millis(),
        operations + step.entry().label().operations(),
        bytes + step.entry().label().bytes());
  }

  /** The last name of a path. */
  public String label() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Operations a nanosecond: GFLOP/s. */
  public double rate() {
    return operations / Math.max(1e-6, millis) / 1e6;
  }

  /** Bytes a nanosecond: GB/s. */
  public double bytesRate() {
    return bytes / Math.max(1e-6, millis) / 1e6;
  }
}
