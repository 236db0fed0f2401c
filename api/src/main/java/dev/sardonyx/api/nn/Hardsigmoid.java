package dev.sardonyx.api.nn;

/** relu6(x + 3) / 6 for each element. Source: torch.nn.Hardsigmoid. */
public final class Hardsigmoid extends Activation {

  /** With inplace false. */
  public Hardsigmoid() {
    this(false);
  }

  /** With inplace given; PyTorch does not show it. */
  public Hardsigmoid(boolean inplace) {
    super("Hardsigmoid", "", Functional::hardsigmoid);
  }
}
