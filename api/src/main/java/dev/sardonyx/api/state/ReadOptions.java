package dev.sardonyx.api.state;

import java.util.Optional;

/**
 * How a checkpoint is read: {@code o -> o.key("ema.state_dict")}. Each method gives a changed copy.
 *
 * @param key where the tensors stand in a nested checkpoint, names joined by dots
 * @param memoryLimit bytes that tensors may take beside the file itself, which is mapped
 */
public record ReadOptions(Optional<String> key, long memoryLimit) {
  private static final ReadOptions DEFAULTS = new ReadOptions(Optional.empty(), Long.MAX_VALUE);

  /** The one dict of tensors that the file holds, with no limit but the JVM's direct memory. */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** The dict of tensors at this path; the empty path is the outermost dict. */
  public ReadOptions key(String changed) {
    return new ReadOptions(Optional.of(changed), memoryLimit);
  }

  /** Bytes that tensors may take beside the file itself. */
  public ReadOptions memoryLimit(long changed) {
    return new ReadOptions(key, changed);
  }
}
