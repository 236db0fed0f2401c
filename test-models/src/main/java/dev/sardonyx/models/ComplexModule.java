package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A linear layer and a ReLU under names of their own. */
@Model
public final class ComplexModule implements UnaryModule {
  @Layer final Linear submodule1 = new Linear(10, 20);
  @Layer final ReLU submodule2 = new ReLU();

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    return submodule2.forward(submodule1.forward(x));
  }
}
