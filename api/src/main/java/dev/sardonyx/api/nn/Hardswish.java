package dev.sardonyx.api.nn;

/** x * relu6(x + 3) / 6 for each element. Source: torch.nn.Hardswish. */
public final class Hardswish extends Activation {

  /** With inplace false. */
  public Hardswish() {
    this(false);
  }

  /** With inplace given; PyTorch does not show it. */
  public Hardswish(boolean inplace) {
    super("Hardswish", "", Functional::hardswish);
  }
}
