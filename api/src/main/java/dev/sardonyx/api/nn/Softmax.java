package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** exp(x) / sum(exp(x)) along a dim. Source: torch.nn.Softmax. */
public final class Softmax implements UnaryModule {
  private final int dim;

  /** Along a dim, which may count from the end. */
  public Softmax(int dim) {
    this.dim = dim;
  }

  /** The output, of x's type. Errors: SHAPE where x has no such dim. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, tensor -> Functional.softmax(tensor, dim));
  }

  @Override
  public Structure structure() {
    return Structure.of("Softmax");
  }

  @Override
  public String extraRepr() {
    return "dim=" + dim;
  }
}
