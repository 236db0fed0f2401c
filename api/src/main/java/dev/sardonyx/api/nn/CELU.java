package dev.sardonyx.api.nn;

/**
 * x above 0, else alpha * (exp(x / alpha) - 1), for each element. Errors: ARGUMENT for alpha 0.
 * Source: torch.nn.CELU.
 */
public final class CELU extends Activation {

  /** With alpha 1.0. */
  public CELU() {
    this(1.0);
  }

  /** With inplace false. */
  public CELU(Number alpha) {
    this(alpha, false);
  }

  /** With inplace given. */
  public CELU(Number alpha, boolean inplace) {
    super(
        "CELU",
        withInplace("alpha=" + PythonText.of(alpha), inplace),
        x -> Functional.celu(x, alpha.doubleValue()));
  }
}
