package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/**
 * x * sigmoid(x) for each element. Tensors never change here: inplace is taken for its place in
 * describe() and has no other effect. Source: torch.nn.SiLU.
 */
public final class SiLU implements UnaryModule {
  private final boolean inplace;

  /** With inplace false. */
  public SiLU() {
    this(false);
  }

  /** With inplace given. */
  public SiLU(boolean inplace) {
    this.inplace = inplace;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, Functional::silu);
  }

  @Override
  public Structure structure() {
    return Structure.of("SiLU");
  }

  @Override
  public String extraRepr() {
    return inplace ? "inplace=True" : "";
  }
}
