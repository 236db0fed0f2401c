package dev.sardonyx.models;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** A convolution and a pool. */
@Model(describedAs = "MyModel")
public final class MyModelIntro implements UnaryModule {
  @Layer final Conv2d conv1 = new Conv2d(3, 64, 3);
  @Layer final MaxPool2d pool = new MaxPool2d(2);

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "32", "32"}) Tensor x) {
    return pool.forward(conv1.forward(x));
  }
}
