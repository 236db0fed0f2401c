package dev.sardonyx.api.nn;

/**
 * log(1 + exp(beta * x)) / beta; x itself where beta * x is above threshold. Source:
 * torch.nn.Softplus.
 */
public final class Softplus extends Activation {

  /** With beta 1, threshold 20. */
  public Softplus() {
    this(1, 20);
  }

  /** With its arguments. */
  public Softplus(Number beta, Number threshold) {
    super(
        "Softplus",
        "beta=" + PythonText.of(beta) + ", threshold=" + PythonText.of(threshold),
        x -> Functional.softplus(x, beta.doubleValue(), threshold.doubleValue()));
  }
}
