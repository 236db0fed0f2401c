package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One linear layer. */
@Model(value = "simple-nn", describedAs = "SimpleNN")
public final class SimpleNn implements UnaryModule {
  @Layer final Linear fc = new Linear(10, 1);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "10"}) Tensor x) {
    return fc.forward(x);
  }
}
