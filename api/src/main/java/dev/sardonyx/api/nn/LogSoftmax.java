package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** log(exp(x) / sum(exp(x))) along a dim. Source: torch.nn.LogSoftmax. */
public final class LogSoftmax implements UnaryModule {
  private final int dim;

  /** Along a dim, which may count from the end. */
  public LogSoftmax(int dim) {
    this.dim = dim;
  }

  /** The output, of x's type. Errors: SHAPE where x has no such dim. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, tensor -> Functional.logSoftmax(tensor, dim));
  }

  @Override
  public Structure structure() {
    return Structure.of("LogSoftmax");
  }

  @Override
  public String extraRepr() {
    return "dim=" + dim;
  }
}
