package dev.sardonyx.api.nn;

/** x / (1 + |x|) for each element. Source: torch.nn.Softsign. */
public final class Softsign extends Activation {

  /** The layer. */
  public Softsign() {
    super("Softsign", "", Functional::softsign);
  }
}
