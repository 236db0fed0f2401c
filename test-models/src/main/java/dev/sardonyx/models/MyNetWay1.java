package dev.sardonyx.models;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;

/** Blocks of numbered layers. */
@Model(value = "my-net-way1", describedAs = "MyNet")
public final class MyNetWay1 implements UnaryModule {
  @Layer("conv_block")
  final Sequential convBlock =
      new Sequential(new Conv2d(3, 32, 3, 1, 1), new ReLU(), new MaxPool2d(2));

  @Layer("dense_block")
  final Sequential denseBlock =
      new Sequential(new Linear(32 * 3 * 3, 128), new ReLU(), new Linear(128, 10));

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3", "6", "6"}) Tensor x) {
    Tensor convolved = convBlock.forward(x);
    return denseBlock.forward(convolved.view(convolved.size(0), -1));
  }
}
