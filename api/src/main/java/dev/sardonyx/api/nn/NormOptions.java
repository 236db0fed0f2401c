package dev.sardonyx.api.nn;

/**
 * The arguments of a batch norm that have defaults: {@code o -> o.eps(1e-3).affine(false)}. Each
 * method gives a changed copy. Source: torch.nn.BatchNorm2d.
 */
public record NormOptions(double eps, double momentum, boolean affine, boolean trackRunningStats) {
  private static final NormOptions DEFAULTS = new NormOptions(1e-5, 0.1, true, true);

  /** eps 1e-5, momentum 0.1, with learned scale and shift, with running statistics. */
  public static NormOptions defaults() {
    return DEFAULTS;
  }

  /** What is added to the variance before its root is taken. */
  public NormOptions eps(double changed) {
    return new NormOptions(changed, momentum, affine, trackRunningStats);
  }

  /** How much of a batch's statistics goes into the running ones. */
  public NormOptions momentum(double changed) {
    return new NormOptions(eps, changed, affine, trackRunningStats);
  }

  /** Whether there are a learned scale and shift. */
  public NormOptions affine(boolean changed) {
    return new NormOptions(eps, momentum, changed, trackRunningStats);
  }

  /** Whether statistics are kept; without them each batch is normalised by its own. */
  public NormOptions trackRunningStats(boolean changed) {
    return new NormOptions(eps, momentum, affine, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  NormOptions checked(String layer) {
    Arguments.require(eps >= 0, layer, "eps", "0 or more", eps);
    return this;
  }
}
