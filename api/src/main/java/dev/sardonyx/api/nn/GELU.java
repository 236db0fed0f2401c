package dev.sardonyx.api.nn;

/**
 * x * Phi(x) with the normal distribution's Phi, by erf (none) or approximated by tanh. Errors:
 * ARGUMENT for another form. Source: torch.nn.GELU.
 */
public final class GELU extends Activation {

  /** By erf. */
  public GELU() {
    this("none");
  }

  /** By the form named. */
  public GELU(String approximate) {
    super("GELU", "approximate='" + approximate + "'", x -> Functional.gelu(x, approximate));
    Arguments.requireApproximation("GELU", approximate);
  }
}
