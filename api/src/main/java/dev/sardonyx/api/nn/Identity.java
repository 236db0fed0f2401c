package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;

/** Gives back what it takes, and records nothing. Source: torch.nn.Identity. */
public final class Identity implements UnaryModule {
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, tensor -> tensor);
  }

  @Override
  public Structure structure() {
    return Structure.of("Identity");
  }
}
