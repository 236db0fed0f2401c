package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** The hyperbolic tangent of each element. Source: torch.nn.Tanh. */
public final class Tanh implements UnaryModule {
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, Functional::tanh);
  }

  @Override
  public Structure structure() {
    return Structure.of("Tanh");
  }
}
