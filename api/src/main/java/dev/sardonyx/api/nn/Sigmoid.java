package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** 1 / (1 + exp(-x)) for each element. Source: torch.nn.Sigmoid. */
public final class Sigmoid implements UnaryModule {
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, Functional::sigmoid);
  }

  @Override
  public Structure structure() {
    return Structure.of("Sigmoid");
  }
}
