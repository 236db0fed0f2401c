package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * max(x, 0) for each element. Tensors never change here: inplace is taken for its place in
 * describe() and has no other effect. Source: torch.nn.ReLU.
 */
public final class ReLU implements UnaryModule {
  private final boolean inplace;

  /** With inplace false. */
  public ReLU() {
    this(false);
  }

  /** With inplace given. */
  public ReLU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, Functional::relu);
  }

  @Override
  public Structure structure() {
    return Structure.of("ReLU");
  }

  @Override
  public String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
