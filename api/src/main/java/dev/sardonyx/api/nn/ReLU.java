package dev.sardonyx.api.nn;

/** max(x, 0) for each element. Source: torch.nn.ReLU. */
public final class ReLU extends Activation {

  /** With inplace false. */
  public ReLU() {
    this(false);
  }

  /** With inplace given. */
  public ReLU(boolean inplace) {
    super("ReLU", withInplace("", inplace), Functional::relu);
  }
}
