package dev.sardonyx.runtime.bench;

/**
 * An engine as it takes part.
 *
 * @param kernels the kernel set of the native engine, {@code -} for engines that have none to
 *     choose
 */
public record Contender(String engine, String kernels) {
  /** What stands for the kernels of engines that have none to choose. */
  public static final String NO_CHOICE = "-";

  @Override
  public String toString() {
    return kernels.equals(NO_CHOICE) ? engine : engine + " (" + kernels + ")";
  }
}
