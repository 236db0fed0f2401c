package dev.sardonyx.api.nn;

/** min(max(x, 0), 6) for each element. Source: torch.nn.ReLU6. */
public final class ReLU6 extends Activation {

  /** With inplace false. */
  public ReLU6() {
    this(false);
  }

  /** With inplace given. */
  public ReLU6(boolean inplace) {
    super("ReLU6", withInplace("", inplace), Functional::relu6);
  }
}
