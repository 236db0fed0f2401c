package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * x where it is 0 or more, else negativeSlope * x. Tensors never change here: inplace is taken for
 * its place in describe() and has no other effect. Source: torch.nn.LeakyReLU.
 */
public final class LeakyReLU implements UnaryModule {
  private final double negativeSlope;
  private final boolean inplace;

  /** With slope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** With a slope below 0. */
  public LeakyReLU(double negativeSlope) {
    this(negativeSlope, false);
  }

  /** With a slope below 0, and inplace given. */
  public LeakyReLU(double negativeSlope, boolean inplace) {
    this.negativeSlope = negativeSlope;
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, tensor -> Functional.leakyRelu(tensor, negativeSlope));
  }

  @Override
  public Structure structure() {
    return Structure.of("LeakyReLU");
  }

  @Override
  public String extraRepr() {
    return "negative_slope=" + PythonText.of(negativeSlope) + (inplace ? ", inplace=True" : "");
  }
}
