package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A model whose forward never ends. */
@Model
public final class EndlessModel implements UnaryModule {
  @Forward
  @Override
  @SuppressWarnings("InfiniteRecursion") // its purpose
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    return forward(x);
  }
}
