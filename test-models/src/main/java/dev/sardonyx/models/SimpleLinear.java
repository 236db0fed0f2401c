package dev.sardonyx.models;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** One linear layer of a size to choose. */
@Model
public final class SimpleLinear implements UnaryModule {
  @Layer final Linear linear;

  public SimpleLinear() {
    this(16, 7);
  }

  public SimpleLinear(int inDim, int outDim) {
    linear = new Linear(inDim, outDim);
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "16"}) Tensor x) {
    return linear.forward(x);
  }
}
