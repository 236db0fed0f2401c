package dev.sardonyx.api.nn;

/**
 * The arguments of {@link LayerNorm} that have defaults: {@code o -> o.eps(1e-6)}. Each method
 * gives a changed copy. Source: torch.nn.LayerNorm.
 */
public record LayerNormOptions(double eps, boolean elementwiseAffine) {
  private static final LayerNormOptions DEFAULTS = new LayerNormOptions(1e-5, true);

  /** eps 1e-5, with learned scale and shift. */
  public static LayerNormOptions defaults() {
    return DEFAULTS;
  }

  /** What is added to the variance before its root is taken. */
  public LayerNormOptions eps(double changed) {
    return new LayerNormOptions(changed, elementwiseAffine);
  }

  /** Whether there are a learned scale and shift. */
  public LayerNormOptions elementwiseAffine(boolean changed) {
    return new LayerNormOptions(eps, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  LayerNormOptions checked(String layer) {
    Arguments.require(eps >= 0, layer, "eps", "0 or more", eps);
    return this;
  }
}
