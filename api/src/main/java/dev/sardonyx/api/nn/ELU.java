package dev.sardonyx.api.nn;

/** x above 0, else alpha * (exp(x) - 1), for each element. Source: torch.nn.ELU. */
public final class ELU extends Activation {

  /** With alpha 1.0. */
  public ELU() {
    this(1.0);
  }

  /** With inplace false. */
  public ELU(Number alpha) {
    this(alpha, false);
  }

  /** With inplace given. */
  public ELU(Number alpha, boolean inplace) {
    super(
        "ELU",
        withInplace("alpha=" + PythonText.of(alpha), inplace),
        x -> Functional.elu(x, alpha.doubleValue()));
  }
}
