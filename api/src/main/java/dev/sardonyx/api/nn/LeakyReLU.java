package dev.sardonyx.api.nn;

/** x where it is 0 or more, else negativeSlope * x. Source: torch.nn.LeakyReLU. */
public final class LeakyReLU extends Activation {

  /** With negativeSlope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** With inplace false. */
  public LeakyReLU(Number negativeSlope) {
    this(negativeSlope, false);
  }

  /** With inplace given. */
  public LeakyReLU(Number negativeSlope, boolean inplace) {
    super(
        "LeakyReLU",
        withInplace("negative_slope=" + PythonText.of(negativeSlope), inplace),
        x -> Functional.leakyRelu(x, negativeSlope.doubleValue()));
  }
}
