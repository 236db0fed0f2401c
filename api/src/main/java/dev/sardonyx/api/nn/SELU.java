package dev.sardonyx.api.nn;

/** 1.0507 * (x above 0, else 1.6733 * (exp(x) - 1)) for each element. Source: torch.nn.SELU. */
public final class SELU extends Activation {

  /** With inplace false. */
  public SELU() {
    this(false);
  }

  /** With inplace given. */
  public SELU(boolean inplace) {
    super("SELU", withInplace("", inplace), Functional::selu);
  }
}
