package dev.sardonyx.api.nn;

/**
 * The arguments of {@link GroupNorm} that have defaults: {@code o -> o.affine(false)}. Each method
 * gives a changed copy. Source: torch.nn.GroupNorm.
 */
public record GroupNormOptions(double eps, boolean affine) {
  private static final GroupNormOptions DEFAULTS = new GroupNormOptions(1e-5, true);

  /** eps 1e-5, with learned scale and shift. */
  public static GroupNormOptions defaults() {
    return DEFAULTS;
  }

  /** What is added to the variance before its root is taken. */
  public GroupNormOptions eps(double changed) {
    return new GroupNormOptions(changed, affine);
  }

  /** Whether there are a learned scale and shift for each channel. */
  public GroupNormOptions affine(boolean changed) {
    return new GroupNormOptions(eps, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  GroupNormOptions checked(String layer) {
    Arguments.require(eps >= 0, layer, "eps", "0 or more", eps);
    return this;
  }
}
