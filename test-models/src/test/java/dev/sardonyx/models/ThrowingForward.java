package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A model whose forward has a mistake of its own. */
@Model
public final class ThrowingForward implements UnaryModule {
  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    int[] widths = {3};
    return x.reshape(-1, widths[1]);
  }
}
