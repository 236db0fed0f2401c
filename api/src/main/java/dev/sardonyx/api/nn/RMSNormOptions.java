package dev.sardonyx.api.nn;

import java.util.OptionalDouble;

/**
 * The arguments of {@link RMSNorm} that have defaults: {@code o -> o.eps(1e-6)}. Each method gives
 * a changed copy. Source: torch.nn.RMSNorm of torch 2.
 *
 * @param eps if it is not given, it is the distance from 1 to the next float32 number
 */
public record RMSNormOptions(OptionalDouble eps, boolean elementwiseAffine) {
  private static final RMSNormOptions DEFAULTS = new RMSNormOptions(OptionalDouble.empty(), true);

  /** The eps of float32, with a learned scale. */
  public static RMSNormOptions defaults() {
    return DEFAULTS;
  }

  /** What is added to the mean square before its root is taken. */
  public RMSNormOptions eps(double changed) {
    return new RMSNormOptions(OptionalDouble.of(changed), elementwiseAffine);
  }

  /** Whether there is a learned scale. */
  public RMSNormOptions elementwiseAffine(boolean changed) {
    return new RMSNormOptions(eps, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  RMSNormOptions checked(String layer) {
    Arguments.require(eps.orElse(0) >= 0, layer, "eps", "0 or more", eps);
    return this;
  }
}
