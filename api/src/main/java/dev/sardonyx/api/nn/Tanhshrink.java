package dev.sardonyx.api.nn;

/** x - tanh(x) for each element. Source: torch.nn.Tanhshrink. */
public final class Tanhshrink extends Activation {

  /** The layer. */
  public Tanhshrink() {
    super("Tanhshrink", "", Functional::tanhshrink);
  }
}
