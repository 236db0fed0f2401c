package dev.sardonyx.api.nn;

/** x * sigmoid(x) for each element. Source: torch.nn.SiLU. */
public final class SiLU extends Activation {

  /** With inplace false. */
  public SiLU() {
    this(false);
  }

  /** With inplace given. */
  public SiLU(boolean inplace) {
    super("SiLU", withInplace("", inplace), Functional::silu);
  }
}
