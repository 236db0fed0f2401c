package dev.sardonyx.api.nn;

/** The hyperbolic tangent of each element. Source: torch.nn.Tanh. */
public final class Tanh extends Activation {

  /** The layer. */
  public Tanh() {
    super("Tanh", "", Functional::tanh);
  }
}
