package dev.sardonyx.runtime.kernel;

/**
 * The kernel set for this process and why it was chosen.
 *
 * @param kernels the set
 * @param reason one line for people: which set, why, and what to do for a faster one
 */
public record KernelSelection(Kernels kernels, String reason) {

  /** The fastest set that this JVM and machine support. */
  public static KernelSelection fastest() {
    return scalar("for now");
  }

  private static KernelSelection scalar(String why) {
    return new KernelSelection(Kernels.scalar(), "scalar kernels: " + why);
  }
}
