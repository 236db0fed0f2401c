package dev.sardonyx.api.nn;

/** x * tanh(softplus(x)) for each element. Source: torch.nn.Mish. */
public final class Mish extends Activation {

  /** With inplace false. */
  public Mish() {
    this(false);
  }

  /** With inplace given. */
  public Mish(boolean inplace) {
    super("Mish", withInplace("", inplace), Functional::mish);
  }
}
